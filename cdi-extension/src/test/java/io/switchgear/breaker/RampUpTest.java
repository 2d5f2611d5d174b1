// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import org.junit.jupiter.api.Test;

/** How a breaker closes by degrees, and how many of its trials may fail. */
class RampUpTest {
    private final TestBreaker test =
            new TestBreaker(s -> s.failureThreshold(2).successThreshold(2).rampUpMillis(10_000));

    private void close() {
        test.fail(2);
        test.time.advanceMillis(60_000);
        test.succeed(2);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    private int admitted(int offered) {
        int admitted = 0;
        for (int i = 0; i < offered; i++) {
            try {
                test.succeed();
                admitted++;
            } catch (CircuitOpenException rejected) {
                assertThat(rejected.reason()).isEqualTo(RejectionReason.SHARE_TAKEN);
                assertThat(rejected.state()).isEqualTo(CircuitState.CLOSED);
                assertThat(rejected).hasMessageStartingWith("test is CLOSED and admits a share of the calls");
            }
        }
        return admitted;
    }

    @Test
    void theShareGrowsFromATenthToAll() {
        assertThat(admitted(100)).isEqualTo(100);
        close();
        for (int second = 0; second < 10; second++) {
            int percent = Math.max(10, 10 * second);
            assertThat(test.breaker.snapshot().admittedPercent()).isEqualTo(percent);
            assertThat(test.breaker.snapshot().admission())
                    .isEqualTo("admits " + percent + " %, as it has closed within RampUpMillis, which is 10000");
            assertThat(admitted(100)).isBetween(percent - 2, percent + 2);
            test.time.advanceMillis(1_000);
        }
        assertThat(admitted(100)).isEqualTo(100);
        assertThat(test.breaker.snapshot().rejectedByReason().get(RejectionReason.SHARE_TAKEN))
                .isBetween(530L, 560L);
    }

    @Test
    void itIsWorkedOutAgainFromTheMomentOfClosing() {
        test.tune(s -> s.rampUpMillis(0));
        close();
        test.time.advanceMillis(5_000);
        assertThat(admitted(100)).isEqualTo(100);
        test.tune(s -> s.rampUpMillis(20_000));
        assertThat(admitted(100)).isBetween(23, 27);
        test.tune(s -> s.rampUpMillis(5_000));
        assertThat(admitted(100)).isEqualTo(100);
        test.tune(s -> s.rampUpMillis(1_000_000));
        assertThat(admitted(100)).isEqualTo(100);
    }

    @Test
    void failuresWithinItOpenAsAtOtherTimes() {
        close();
        test.time.advanceMillis(9_999);
        test.fail(2);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void modesAndAResetEndIt() {
        close();
        test.breaker.forceClosed("");
        assertThat(admitted(100)).isEqualTo(100);
        test.breaker.automatic();
        assertThat(admitted(100)).isBetween(8, 12);
        test.breaker.observe("");
        assertThat(admitted(100)).isEqualTo(100);
        test.breaker.reset();
        test.breaker.automatic();
        assertThat(admitted(100)).isEqualTo(100);
    }

    @Test
    void trialsMayFailAsFarAsAllowed() {
        test.tune(s -> s.maxTrialFailures(2).successThreshold(3).halfOpenMaxCalls(5));
        test.untilHalfOpen();
        test.fail(2);
        test.succeed(2);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(test.transitions.get(test.transitions.size() - 1).why())
                .isEqualTo("3 trials failed, the last failed with java.io.IOException");
        test.untilHalfOpen();
        test.fail(2);
        test.succeed(3);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aLowerNumberCountsForTrialsThatHaveEnded() {
        test.tune(s -> s.maxTrialFailures(2));
        test.untilHalfOpen();
        test.fail();
        TestBreaker.Call inFlight = test.call();
        test.tune(s -> s.maxTrialFailures(0));
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        inFlight.succeeded();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }
}
