// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchgear.CircuitBreaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.standalone.Switchgear;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How {@link Meters} share registries that are several, nested, filtered, failing or of another application too. */
class MeterRegistriesTest extends MetersTestCase {
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
    void metersOfAnotherApplicationAreLeftAloneAndThatIsLoggedOnce(String name, MeterRegistry shared) throws Exception {
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
        assertThat(shared.find("circuit.breaker.call.duration").timers())
                .isNotEmpty()
                .allMatch(timer -> timer.count() == 0);
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
    void aRegistryThatRefusesHarmsNothingAndIsLoggedOnce() throws Exception {
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
    void whileARegistryListenerRunsOtherThreadsCanCreateBreakers() throws Exception {
        SimpleMeterRegistry lively = new SimpleMeterRegistry();
        CountDownLatch registering = new CountDownLatch(1);
        CountDownLatch created = new CountDownLatch(1);
        lively.config().onMeterAdded(meter -> {
            registering.countDown();
            try {
                assertThat(created.await(10, TimeUnit.SECONDS))
                        .as("another thread creates one")
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
        created.countDown();
        other.join();
        assertThat(lively.find("circuit.breaker.failures").functionCounters()).hasSize(2);
    }
}
