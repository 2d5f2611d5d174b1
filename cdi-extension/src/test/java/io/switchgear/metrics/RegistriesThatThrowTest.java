// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.AbstractTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchgear.CircuitBreaker;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.CallTimer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A registry that throws keeps neither calls nor other registries from their values. */
class RegistriesThatThrowTest extends MetersTestCase {
    private static final String DURATION = "circuit.breaker.call.duration";

    /** A registry whose timers throw when they are used. */
    private static final class Broken extends SimpleMeterRegistry {
        @Override
        protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
            return new AbstractTimer(id, clock, statistics, pauses, TimeUnit.SECONDS, false) {
                @Override
                protected void recordNonNegative(long amount, TimeUnit unit) {
                    throw new AssertionError("broken");
                }

                @Override
                public long count() {
                    return 0;
                }

                @Override
                public double totalTime(TimeUnit unit) {
                    return 0;
                }

                @Override
                public double max(TimeUnit unit) {
                    return 0;
                }
            };
        }
    }

    @Test
    void aTimerThatThrowsLeavesTheOthersTheirValuesAndIsLoggedOnce() throws Exception {
        SimpleMeterRegistry healthy = new SimpleMeterRegistry();
        switchgear.listen(new Meters(List.of(new Broken(), healthy), 100));
        CircuitBreaker users = breaker("users");
        users.update(now -> now.toBuilder().callTimer(CallTimer.ON).build());
        try (RecordedLog log = new RecordedLog()) {
            for (int i = 0; i < 100; i++) {
                assertThat(users.<String>call(() -> "fine")).isEqualTo("fine");
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING SGR0026: users does not have all its meters in a Broken");
        }
        assertThat(healthy.get(DURATION).timer().count()).isEqualTo(100);
        assertThat(users.snapshot().successes()).isEqualTo(100);
    }
}
