// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.TripOn;
import io.switchgear.status.CircuitState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How an adaptive breaker judges its trials and the calls of its share. */
class AdaptiveTrialsTest {
    private final TestBreaker test =
            new TestBreaker(s -> s.tripOn(TripOn.ADAPTIVE).slowCallMillis(100).successThreshold(3));

    private void open() {
        test.fail(20);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    private void halfOpen() {
        open();
        test.time.advanceMillis(2_000);
        test.succeed(3);
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void aCallThatTakesAsLongAsTheLimitIsNotSlow() {
        halfOpen();
        TestBreaker.Call call = test.call();
        test.time.advanceMillis(100);
        test.breaker.look();
        call.succeeded();
        assertThat(test.breaker.snapshot().lateOutcomes()).isZero();
    }

    @Test
    void aCallThatHangsIsJudgedOnceHoweverOftenOneLooks() {
        halfOpen();
        test.succeed();
        TestBreaker.Call one = test.call();
        TestBreaker.Call other = test.call();
        test.time.advanceMillis(101);
        for (int look = 0; look < 5; look++) {
            test.breaker.look();
        }
        test.time.advanceMillis(900);
        test.breaker.look();
        assertThat(test.breaker.snapshot().admission()).endsWith(", as 2 of the last 3 calls failed");
        one.succeeded();
        other.failed();
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(2);
    }

    @Test
    void aHangingCallThatComesBackInItsRoundIsLate() {
        halfOpen();
        TestBreaker.Call hangs = test.call();
        test.time.advanceMillis(101);
        test.breaker.look();
        hangs.succeeded();
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(1);
    }

    @Test
    void successesBeforeATrialThatFailsDoNotCount() {
        open();
        test.time.advanceMillis(2_000);
        test.succeed(2);
        test.fail();
        test.time.advanceMillis(2_000);
        test.succeed(2);
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void aCallWouldBeRejectedUntilTheNextTrialAndWhileThatRuns() {
        open();
        assertThat(test.breaker.rejectsNow()).isTrue();
        assertThat(test.breaker.rejection().openRemainingMillis()).isEqualTo(2_000);
        test.time.advanceMillis(2_000);
        assertThat(test.breaker.rejectsNow()).isFalse();
        assertThat(test.breaker.rejection()).isNull();
        test.call();
        assertThat(test.breaker.rejectsNow()).isTrue();
    }

    @Test
    void aBreakerThatOpensAsAWholeSaysHowManyTrialsItAdmits() {
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW));
        test.untilHalfOpen();
        assertThat(test.breaker.snapshot().admission())
                .isEqualTo("admits 3 trials at once, to see whether the service is back");
    }

    @Test
    void rejectionsBetweenTrialsHaveTheCauseOfTheTrip() {
        List<String> causes = new ArrayList<>();
        RejectionListener listener = new RejectionListener() {
            @Override
            public boolean isActive() {
                return true;
            }

            @Override
            public void rejected(CircuitOpenException rejection, Supplier<String> cause, long nanos) {
                causes.add(cause.get());
            }

            @Override
            public void stateOrModeEnded(Supplier<CircuitOpenException> rejection, Supplier<String> cause) {
                // only rejections are of interest
            }
        };
        Breaker breaker = new Breaker(
                "test", test.breaker.settings(), FailureRule.ANY, test.time, test.time, transition -> {}, listener);
        for (int i = 0; i < 20; i++) {
            Permit permit = breaker.acquire();
            permit.threw(new IllegalStateException(), permit.start());
        }
        assertThatThrownBy(breaker::acquire).isInstanceOf(CircuitOpenException.class);
        assertThat(causes).containsExactly(breaker.snapshot().lastTrip());
    }
}
