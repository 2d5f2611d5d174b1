// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Which calls a {@link TimedPermit} times, and that timing changes nothing else. */
class TimedPermitTest {
    private static final long MILLI = 1_000_000;

    private final TestBreaker test = new TestBreaker(s -> s.callTimer(CallTimer.ON)
            .failureThreshold(3)
            .openMillis(1_000)
            .successThreshold(1)
            .halfOpenMaxCalls(1));

    private TestBreaker.Call callThatTakes(long millis) {
        TestBreaker.Call call = test.call();
        test.time.advanceMillis(millis);
        return call;
    }

    @Test
    void callsThatSucceedFailOrAreIgnoredAreTimedAndRejectedOnesAreNot() {
        callThatTakes(5).succeeded();
        callThatTakes(6).failed();
        callThatTakes(7).ignored();
        test.fail(2);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        assertThat(test.times).containsExactly(5 * MILLI, 6 * MILLI, 7 * MILLI, 0L, 0L);
    }

    @Test
    void trialsAreTimed() {
        test.fail(3);
        test.time.advanceMillis(1_000);
        test.times.clear();
        callThatTakes(8).succeeded();
        assertThat(test.times).containsExactly(8 * MILLI);
    }

    @Test
    void callsThatOnlyAnObserverLetsThroughAreTimed() {
        test.breaker.observe("new here");
        test.fail(3);
        test.times.clear();
        callThatTakes(9).succeeded();
        assertThat(test.times).containsExactly(9 * MILLI);
        assertThat(test.breaker.snapshot().observedRejected()).isEqualTo(1);
    }

    @Test
    void slowCallsAreTimedAndStillSlow() {
        test.tune(s -> s.slowCallMillis(10));
        callThatTakes(20).succeeded();
        callThatTakes(10).succeeded();
        assertThat(test.times).containsExactly(20 * MILLI, 10 * MILLI);
        assertThat(test.breaker.snapshot().slowSuccesses()).isEqualTo(1);
    }

    @Test
    void aPlaceAmongConcurrentCallsComesBackFromATimedCall() {
        test.tune(s -> s.maxConcurrentCalls(1));
        callThatTakes(1).succeeded();
        callThatTakes(1).succeeded();
        assertThat(test.breaker.snapshot().rejected()).isZero();
    }

    @Test
    void itCanBeSwitchedOffAndOnAndCallsKeepWhatTheyBeganWith() {
        TestBreaker.Call timed = test.call();
        test.tune(s -> s.callTimer(CallTimer.OFF));
        TestBreaker.Call untimed = test.call();
        test.tune(s -> s.callTimer(CallTimer.ON));
        test.time.advanceMillis(3);
        untimed.succeeded();
        assertThat(test.times).isEmpty();
        timed.succeeded();
        assertThat(test.times).containsExactly(3 * MILLI);
    }

    @Test
    void theTimerIsOptional() {
        test.breaker.timer(null);
        callThatTakes(5).succeeded();
        assertThat(test.times).isEmpty();
        assertThat(test.breaker.snapshot().successes()).isEqualTo(1);
    }

    @Test
    void aTimerThatThrowsFailsNoCallAndIsNotUsedAgain() throws Exception {
        BreakerSettings settings = BreakerSettings.builder()
                .failureThreshold(3)
                .openMillis(86_400_000)
                .callTimer(CallTimer.ON)
                .build();
        Breaker users = new Breaker("users", settings, FailureRule.ANY, transition -> {});
        users.timer(nanos -> {
            throw new IllegalStateException("no connection");
        });
        try (RecordedLog log = new RecordedLog()) {
            assertThat(users.call(() -> "fine")).isEqualTo("fine");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> users.call(() -> {
                            throw new IOException("down");
                        }))
                        .isInstanceOf(Exception.class);
            }
            assertThat(users.snapshot())
                    .returns(1L, now -> now.successes())
                    .returns(3L, now -> now.failures())
                    .returns(0L, now -> now.callsInFlight());
            assertThat(log.lines().stream().filter(line -> line.contains("SGR0033")))
                    .hasSize(1);
        }
    }
}
