// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.KeyedBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.pages.Page;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TripOn;
import io.switchgear.standalone.Switchgear;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which meters {@link Meters} registers, their values, and when they are removed. */
class MetersTest extends MetersTestCase {
    @Test
    void prometheusSeesABreakerUnderTheNamesThatDashboardsUse() throws Exception {
        CircuitBreaker users = breaker("users");
        switchgear.listen(meters);
        users.call(() -> "fine");
        users.call(() -> "fine");
        fail(users, 3);
        fail(users, 4);
        assertThat(scrape())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("circuit_breaker_state{service=\"users\"}", 2.0),
                        Map.entry("circuit_breaker_enabled{service=\"users\"}", 1.0),
                        Map.entry("circuit_breaker_admitted_percent{service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_overridden{service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_calls_in_flight{service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_calls_waiting{service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_failures_total{service=\"users\"}", 3.0),
                        Map.entry("circuit_breaker_calls_total{result=\"success\",service=\"users\"}", 2.0),
                        Map.entry("circuit_breaker_calls_total{result=\"failure\",service=\"users\"}", 3.0),
                        Map.entry("circuit_breaker_calls_total{result=\"slow\",service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_calls_total{result=\"ignored\",service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_calls_total{result=\"rejected\",service=\"users\"}", 4.0),
                        Map.entry("circuit_breaker_calls_total{result=\"fallback\",service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_rejected_total{reason=\"open\",service=\"users\"}", 4.0),
                        Map.entry("circuit_breaker_rejected_total{reason=\"forced_open\",service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_rejected_total{reason=\"trials_taken\",service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_rejected_total{reason=\"share_taken\",service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_rejected_total{reason=\"too_many_calls\",service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_transitions_total{service=\"users\",to=\"open\"}", 1.0),
                        Map.entry("circuit_breaker_transitions_total{service=\"users\",to=\"half_open\"}", 0.0),
                        Map.entry("circuit_breaker_transitions_total{service=\"users\",to=\"closed\"}", 0.0)));
    }

    @Test
    void aShareOfLessThanOnePercentIsNotShownAsNothing() {
        CircuitBreaker users = breaker("users");
        switchgear.listen(meters);
        users.update(
                s -> s.toBuilder().tripOn(TripOn.ADAPTIVE).minimumCalls(1_000).build());
        fail(users, 999);
        users.run(() -> {});
        fail(users, 2);
        assertThat(users.snapshot().admittedPercent()).isBetween(.1, .2);
        assertThat(scrape().get("circuit_breaker_admitted_percent{service=\"users\"}"))
                .isEqualTo(users.snapshot().admittedPercent());
        assertThat(users.snapshot().admission()).startsWith("admits 0.2 %, as ");
    }

    @Test
    void aSlowSuccessIsSlowAndNothingElseAndASlowFailureIsAFailure() throws Exception {
        long[] nanos = {0};
        Breaker users = new Breaker(
                "users",
                SETTINGS.toBuilder().slowCallMillis(1).failureThreshold(100).build(),
                FailureRule.ANY,
                () -> nanos[0],
                InstantSource.system(),
                transition -> {});
        meters.added(users);
        users.call(() -> nanos[0] += 2_000_000);
        assertThatThrownBy(() -> users.call(() -> {
                    nanos[0] += 2_000_000;
                    throw new IOException("down");
                }))
                .isInstanceOf(IOException.class);
        assertThat(scrape())
                .containsEntry("circuit_breaker_calls_total{result=\"success\",service=\"users\"}", 0.0)
                .containsEntry("circuit_breaker_calls_total{result=\"slow\",service=\"users\"}", 1.0)
                .containsEntry("circuit_breaker_calls_total{result=\"failure\",service=\"users\"}", 1.0)
                .containsEntry("circuit_breaker_failures_total{service=\"users\"}", 1.0);
        assertThat(users.snapshot())
                .returns(1L, now -> now.successes())
                .returns(2L, now -> now.slowCalls())
                .returns(2L, now -> now.calls());
    }

    @Test
    void retriesAndFallbacksHaveMetersToo() throws Exception {
        switchgear.listen(meters);
        int[] calls = {0};
        try (Guard<String> rates = switchgear
                .breakers()
                .<String>guard("rates")
                .breaker(SETTINGS)
                .retry(RetrySettings.defaults().maxAttempts(2).delayMillis(0))
                .lastGood()
                .fallback(failed -> "?")
                .build()) {
            Callable<String> failing = () -> {
                throw new IOException("down");
            };
            rates.call("eur", () -> calls[0]++ == 0 ? failing.call() : "1.08");
            assertThat(rates.call("eur", failing)).isEqualTo("1.08");
            assertThat(rates.call("usd", failing)).isEqualTo("?");
            assertThat(scrape())
                    .containsEntry("switchgear_retry_attempts_total{service=\"rates\"}", 5.0)
                    .containsEntry("switchgear_retry_retries_total{service=\"rates\"}", 2.0)
                    .containsEntry("switchgear_retry_calls_total{result=\"recovered\",service=\"rates\"}", 1.0)
                    .containsEntry("switchgear_retry_calls_total{result=\"given_up\",service=\"rates\"}", 1.0)
                    .containsEntry("switchgear_retry_calls_total{result=\"refused\",service=\"rates\"}", 0.0)
                    .containsKey("switchgear_retry_budget{service=\"rates\"}")
                    .containsEntry("switchgear_fallback_calls_total{result=\"last_good\",service=\"rates\"}", 1.0)
                    .containsEntry(
                            "switchgear_fallback_calls_total{result=\"last_good_missed\",service=\"rates\"}", 1.0)
                    .containsEntry("switchgear_fallback_calls_total{result=\"handled\",service=\"rates\"}", 1.0)
                    .containsEntry("switchgear_fallback_calls_total{result=\"failed\",service=\"rates\"}", 0.0)
                    .containsEntry("switchgear_fallback_last_good_values{service=\"rates\"}", 1.0)
                    .containsEntry("circuit_breaker_calls_total{result=\"fallback\",service=\"rates\"}", 2.0);
        }
        assertThat(scrape()).isEmpty();
    }

    @Test
    void theManualNamesEachMeterEachLabelAndEachOfItsValues() throws Exception {
        switchgear.listen(meters);
        switchgear.services().add("rates", URI.create("http://127.0.0.1:9"));
        try (Guard<String> guard = switchgear
                .breakers()
                .<String>guard("points")
                .breaker(SETTINGS.toBuilder().callTimer(CallTimer.ON).build())
                .fallback(failed -> "?")
                .build()) {
            guard.call(() -> "timed");
            String page = Page.ofManual("metrics.md").text();
            for (String line : scrape().keySet()) {
                String name = line.replaceAll("\\{.*", "").replaceAll("_(count|sum|max)$", "");
                assertThat(page).contains("`" + name);
                Pattern.compile("(reason|result|to)=\"([^\"]+)\"")
                        .matcher(line)
                        .results()
                        .forEach(label -> assertThat(page).contains("`" + label.group(2) + "`", label.group(1) + "}"));
            }
        }
    }

    @Test
    void theTimerIsThereWhileItIsOnAndHasPercentiles() throws Exception {
        CircuitBreaker users = breaker("users");
        switchgear.listen(meters);
        users.call(() -> "not timed");
        assertThat(scrape().keySet()).noneMatch(line -> line.contains("duration"));
        users.by("alice").update(now -> now.toBuilder().callTimer(CallTimer.ON).build());
        for (int i = 0; i < 7; i++) {
            users.call(() -> "timed");
        }
        fail(users, 3);
        fail(users, 1);
        assertThat(scrape())
                .as("rejected calls take no time")
                .containsEntry("circuit_breaker_call_duration_seconds_count{service=\"users\"}", 10.0)
                .containsKeys(
                        "circuit_breaker_call_duration_seconds{service=\"users\",quantile=\"0.5\"}",
                        "circuit_breaker_call_duration_seconds{service=\"users\",quantile=\"0.99\"}");
        users.by("alice").undoLastChange();
        assertThat(scrape().keySet()).noneMatch(line -> line.contains("duration"));
    }

    @Test
    void metersGoWithTheirBreakersAndComeBackFromZero() throws Exception {
        switchgear.listen(meters);
        breaker("users").call(() -> "fine");
        breaker("orders").call(() -> "fine");
        switchgear.breakers().remove("users");
        assertThat(scrape().keySet()).isNotEmpty().allMatch(line -> line.contains("service=\"orders\""));
        breaker("users");
        assertThat(scrape()).containsEntry("circuit_breaker_calls_total{result=\"success\",service=\"users\"}", 0.0);
        meters.close();
        assertThat(prometheus.getMeters()).isEmpty();
        breaker("late");
        assertThat(prometheus.getMeters()).isEmpty();
    }

    @Test
    void gaugesFollowEveryTransitionAResetIncludedAndStayNumbers() throws Exception {
        switchgear.listen(new Meters(List.of(prometheus), 100));
        CircuitBreaker users = breaker("users");
        String state = "circuit_breaker_state{service=\"users\"}";
        fail(users, 3);
        assertThat(scrape()).containsEntry(state, 2.0);
        users.halfOpenNow();
        assertThat(scrape()).containsEntry(state, 1.0);
        users.reset();
        System.gc();
        assertThat(scrape())
                .as("only the registry refers to these meters")
                .containsEntry(state, 0.0)
                .containsEntry("circuit_breaker_calls_total{result=\"failure\",service=\"users\"}", 3.0)
                .doesNotContainValue(Double.NaN);
        switchgear.breakers().remove("users");
    }

    @Test
    void metersGoWhenTheSwitchgearIsClosed() {
        try (Switchgear another = Switchgear.start("another shop")) {
            another.listen(new Meters(List.of(prometheus), 100));
            another.breakers().create("users", SETTINGS);
            assertThat(prometheus.getMeters()).isNotEmpty();
        }
        assertThat(prometheus.getMeters()).isEmpty();
    }

    @Test
    void labelsAreBounded() {
        try (RecordedLog log = new RecordedLog();
                Meters few = new Meters(List.of(prometheus), 3)) {
            switchgear.listen(few);
            for (int i = 0; i < 5; i++) {
                breaker("b" + i);
            }
            assertThat(prometheus.find("circuit.breaker.state").meters()).hasSize(3);
            assertThat(log.lines().stream().filter(line -> line.contains("SGR0025")))
                    .singleElement()
                    .asString()
                    .contains("b3 and later CircuitBreakers get no meters while the maximum of"
                            + " switchgear.metrics.max-services, 3, is reached");
            switchgear.breakers().remove("b0");
            breaker("b5");
            assertThat(prometheus.find("circuit.breaker.state").meters()).hasSize(3);
        }
    }

    @Test
    void breakersThatComeAndGoUnderLoadLeaveNoMeter() throws Exception {
        switchgear.listen(meters);
        KeyedBreakers hosts = switchgear.breakers().perKey("hosts", 50, SETTINGS);
        List<Thread> load = java.util.stream.IntStream.range(0, 2)
                .mapToObj(thread -> new Thread(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        String key = "h" + (i + thread) % 40;
                        hosts.of(key).run(() -> {});
                        if (i % 7 == 0) {
                            hosts.remove(key);
                        }
                        if (i % 100 == 0) {
                            prometheus.scrape();
                        }
                    }
                }))
                .toList();
        load.forEach(Thread::start);
        for (Thread thread : load) {
            thread.join();
        }
        long breakers = switchgear.breakers().all().size();
        assertThat(prometheus.find("circuit.breaker.state").meters()).hasSize((int) breakers);
        assertThat(prometheus.getMeters()).extracting(Meter::getId).hasSize((int) breakers * 21);
        hosts.close();
        assertThat(prometheus.getMeters()).isEmpty();
    }
}
