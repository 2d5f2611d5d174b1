// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import static io.switchgear.testkit.SwitchgearAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitOpenException;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plays an outage of ten minutes, with ten calls a second, from a minute before it to five minutes after it. */
@SwitchgearTest
class OutageTest {
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(100);

    private final VirtualClock clock;

    OutageTest(VirtualClock clock) {
        this.clock = clock;
    }

    @ParameterizedTest
    @EnumSource
    void anOutageOfTenMinutesIsTestedWithin50Milliseconds(TripOn policy, CircuitBreakers breakers) throws Exception {
        BreakerSettings settings = BreakerSettings.builder().tripOn(policy).build();
        // loads and compiles the classes
        play(breakers.create("first", settings));
        CircuitBreaker breaker = breakers.create("second", settings);
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        play(breaker);
        // of the processor, as other tests run at the same time
        assertThat((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e6)
                .as("milliseconds")
                .isLessThan(50);
        assertThat(breaker.snapshot().failures()).as("sent during the outage").isBetween(5L, 600L);
    }

    private void play(CircuitBreaker breaker) throws Exception {
        boolean opened = false;
        Duration start = clock.elapsed();
        while (since(start).compareTo(Duration.ofMinutes(16)) < 0) {
            boolean down = since(start).toMinutes() >= 1 && since(start).toMinutes() < 11;
            try {
                breaker.call(() -> answer(down));
            } catch (CircuitOpenException rejected) {
                opened = true;
            } catch (IllegalStateException failed) {
                assertThat(down).isTrue();
            }
            clock.advance(BETWEEN_CALLS);
        }
        assertThat(opened).isTrue();
        assertThat(breaker).isClosed();
    }

    private Duration since(Duration start) {
        return clock.elapsed().minus(start);
    }

    private static String answer(boolean down) {
        if (down) {
            throw new IllegalStateException("the backend is down");
        }
        return "fine";
    }
}
