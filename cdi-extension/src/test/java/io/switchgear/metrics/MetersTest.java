package io.switchgear.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.KeyedBreakers;
import io.switchgear.breaker.Breaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.RetrySettings;
import io.switchgear.standalone.Switchgear;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MetersTest {
    private static final BreakerSettings SETTINGS =
            BreakerSettings.builder().failureThreshold(3).openMillis(86_400_000).build();

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Switchgear switchgear = Switchgear.start("metered shop");
    private final Meters meters = new Meters(List.of(prometheus), 100);

    @AfterEach
    void close() {
        meters.close();
        switchgear.close();
    }

    private CircuitBreaker breaker(String name) {
        return switchgear
                .breakers()
                .create(
                        name,
                        SETTINGS,
                        new FailureRule(List.of(IOException.class), List.of(InterruptedException.class)));
    }

    private static void fail(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> breaker.call(() -> {
                        throw new IOException("down");
                    }))
                    .isInstanceOf(Exception.class);
        }
    }

    /** Each line without its comment lines, by what is before the value. */
    private Map<String, Double> scrape() {
        Map<String, Double> values = new TreeMap<>();
        prometheus
                .scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> values.put(
                        line.substring(0, line.lastIndexOf(' ')),
                        Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return values;
    }

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
                        Map.entry("circuit_breaker_overridden{service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_calls_in_flight{service=\"users\"}", 0.0),
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
                        Map.entry("circuit_breaker_rejected_total{reason=\"too_many_calls\",service=\"users\"}", 0.0),
                        Map.entry("circuit_breaker_transitions_total{service=\"users\",to=\"open\"}", 1.0),
                        Map.entry("circuit_breaker_transitions_total{service=\"users\",to=\"half_open\"}", 0.0),
                        Map.entry("circuit_breaker_transitions_total{service=\"users\",to=\"closed\"}", 0.0)));
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
                told -> {});
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
    void theReadmeNamesEachMeterEachLabelAndEachOfItsValues() throws Exception {
        switchgear.listen(meters);
        switchgear.services().add("rates", URI.create("http://127.0.0.1:9"));
        try (Guard<String> guard = switchgear
                .breakers()
                .<String>guard("points")
                .breaker(SETTINGS.toBuilder().callTimer(CallTimer.ON).build())
                .fallback(failed -> "?")
                .build()) {
            guard.call(() -> "timed");
            String readme = Files.readString(Path.of("../README.md"));
            for (String line : scrape().keySet()) {
                String name = line.replaceAll("\\{.*", "").replaceAll("_(count|sum|max)$", "");
                assertThat(readme).contains("`" + name);
                Pattern.compile("(reason|result|to)=\"([^\"]+)\"")
                        .matcher(line)
                        .results()
                        .forEach(
                                label -> assertThat(readme).contains("`" + label.group(2) + "`", label.group(1) + "}"));
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
                .as("nobody but the registry holds these meters")
                .containsEntry(state, 0.0)
                .containsEntry("circuit_breaker_calls_total{result=\"failure\",service=\"users\"}", 3.0)
                .doesNotContainValue(Double.NaN);
        switchgear.breakers().remove("users");
    }

    @Test
    void everyRegistryHasAllMetersOneOfSeveralIncluded() throws Exception {
        SimpleMeterRegistry one = new SimpleMeterRegistry();
        SimpleMeterRegistry part = new SimpleMeterRegistry();
        CompositeMeterRegistry several = new CompositeMeterRegistry().add(part);
        Meters both = new Meters(List.of(one, several), 100);
        switchgear.listen(both);
        breaker("users").call(() -> "fine");
        for (MeterRegistry registry : List.of(one, part)) {
            assertThat(registry.get("circuit.breaker.calls")
                            .tags("result", "success")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        }
        both.close();
        assertThat(one.getMeters()).isEmpty();
        assertThat(part.getMeters()).isEmpty();
    }

    static Stream<Arguments> sharedRegistries() {
        SimpleMeterRegistry filtered = new SimpleMeterRegistry();
        filtered.config().meterFilter(MeterFilter.denyNameStartsWith("circuit.breaker.state"));
        return Stream.of(
                arguments("plain", new SimpleMeterRegistry()),
                arguments("composite", new CompositeMeterRegistry().add(new SimpleMeterRegistry())),
                arguments("empty", new CompositeMeterRegistry()),
                arguments("filtered", filtered));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sharedRegistries")
    void metersOfAnotherApplicationAreLeftAloneAndItIsToldOnce(String name, MeterRegistry shared) throws Exception {
        switchgear.listen(new Meters(List.of(shared), 100));
        Set<Meter.Id> ours;
        try (Switchgear another = Switchgear.start("another shop");
                RecordedLog log = new RecordedLog()) {
            breaker("users")
                    .by("alice")
                    .update(now -> now.toBuilder().callTimer(CallTimer.ON).build());
            breaker("orders");
            ours = ids(shared);
            another.listen(new Meters(List.of(shared), 100));
            BreakerSettings timed = SETTINGS.toBuilder().callTimer(CallTimer.ON).build();
            another.breakers().create("users", timed);
            another.breakers().create("orders", SETTINGS);
            another.breakers().create("theirs", SETTINGS);
            assertThat(log.lines().stream().filter(line -> line.contains("SGR0024")))
                    .singleElement()
                    .asString()
                    .contains("users does not have all its meters in a "
                            + shared.getClass().getSimpleName());
            another.breakers().get("users").call(() -> "theirs");
            another.breakers().remove("users");
            assertThat(ids(shared)).containsAll(ours);
        }
        assertThat(ids(shared)).isEqualTo(ours);
        assertThat(shared.find("circuit.breaker.call.duration").timers()).allMatch(timer -> timer.count() == 0);
    }

    private static Set<Meter.Id> ids(MeterRegistry registry) {
        return registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }

    @Test
    void whatAFilterDeniesIsNoReasonToLeaveTheRest() throws Exception {
        prometheus.config().meterFilter(MeterFilter.denyNameStartsWith("circuit.breaker.state"));
        switchgear.listen(meters);
        breaker("users").call(() -> "fine");
        assertThat(scrape())
                .containsEntry("circuit_breaker_calls_total{result=\"success\",service=\"users\"}", 1.0)
                .doesNotContainKey("circuit_breaker_state{service=\"users\"}");
    }

    @Test
    void aRegistryThatIsThereTwiceOrPartOfAnotherTimesEachCallOnce() throws Exception {
        SimpleMeterRegistry part = new SimpleMeterRegistry();
        CompositeMeterRegistry whole = new CompositeMeterRegistry().add(new CompositeMeterRegistry().add(part));
        try (RecordedLog log = new RecordedLog();
                Meters all = new Meters(List.of(part, whole, whole, part), 100)) {
            switchgear.listen(all);
            CircuitBreaker users = breaker("users");
            users.by("alice")
                    .update(now -> now.toBuilder().callTimer(CallTimer.ON).build());
            users.call(() -> "fine");
            assertThat(part.get("circuit.breaker.call.duration").timer().count())
                    .isEqualTo(1);
            assertThat(log.lines()).noneMatch(line -> line.contains("SGR0024"));
        }
    }

    @Test
    void aRegistryThatRefusesSpoilsNothingAndIsToldOnce() throws Exception {
        SimpleMeterRegistry refusing = new SimpleMeterRegistry();
        refusing.config().onMeterAdded(meter -> {
            throw new NoSuchMethodError("of an older Micrometer");
        });
        try (RecordedLog log = new RecordedLog();
                Meters both = new Meters(List.of(refusing, prometheus), 100)) {
            switchgear.listen(both);
            CircuitBreaker users = breaker("users");
            breaker("orders");
            users.by("alice")
                    .update(now -> now.toBuilder().callTimer(CallTimer.ON).build());
            users.call(() -> "fine");
            assertThat(scrape())
                    .containsEntry("circuit_breaker_calls_total{result=\"success\",service=\"users\"}", 1.0)
                    .containsEntry("circuit_breaker_call_duration_seconds_count{service=\"users\"}", 1.0);
            assertThat(log.lines().stream().filter(line -> line.contains("SGR0026")))
                    .singleElement()
                    .asString()
                    .contains("users does not have all its meters in a SimpleMeterRegistry");
        }
    }

    @Test
    void aTimerThatThrowsHarmsNoCallAndIsAskedNoMore() throws Exception {
        Breaker users = new Breaker(
                "users", SETTINGS.toBuilder().callTimer(CallTimer.ON).build(), FailureRule.ANY, told -> {});
        users.timer(nanos -> {
            throw new IllegalStateException("no connection");
        });
        try (RecordedLog log = new RecordedLog()) {
            assertThat(users.call(() -> "fine")).isEqualTo("fine");
            fail(users, 3);
            assertThat(users.snapshot())
                    .returns(1L, now -> now.successes())
                    .returns(3L, now -> now.failures())
                    .returns(0L, now -> now.callsInFlight());
            assertThat(log.lines().stream().filter(line -> line.contains("SGR0033")))
                    .hasSize(1);
        }
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
    void whoListensToARegistryMayMakeBreakersAndOthersMayMeanwhile() throws Exception {
        SimpleMeterRegistry lively = new SimpleMeterRegistry();
        CountDownLatch registering = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        lively.config().onMeterAdded(meter -> {
            registering.countDown();
            try {
                assertThat(made.await(10, TimeUnit.SECONDS))
                        .as("another thread makes one")
                        .isTrue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        });
        switchgear.listen(new Meters(List.of(lively), 100));
        Thread other = new Thread(() -> breaker("first"));
        other.start();
        assertThat(registering.await(10, TimeUnit.SECONDS)).isTrue();
        breaker("second");
        made.countDown();
        other.join();
        assertThat(lively.find("circuit.breaker.failures").functionCounters()).hasSize(2);
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
        assertThat(prometheus.getMeters()).extracting(Meter::getId).hasSize((int) breakers * 17);
        hosts.close();
        assertThat(prometheus.getMeters()).isEmpty();
    }
}
