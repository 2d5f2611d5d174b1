// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.RejectionReason;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a transition contains, in which order transitions are reported, and which totals they and rejections have. */
class TransitionTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(2)
            .openMillis(1_000)
            .successThreshold(1)
            .halfOpenMaxCalls(1)
            .maxConcurrentCalls(1));

    private CircuitTransition last() {
        return test.transitions.get(test.transitions.size() - 1);
    }

    @Test
    void theMessageOfTheFailureThatOpenedItIsReportedBesideTheReason() {
        test.call().threw(new IOException("one"));
        test.call().threw(new IOException("connection\nrefused"));
        assertThat(last().failureMessage()).isEqualTo("connection refused");
        assertThat(last().why()).isEqualTo("2 consecutive failures (threshold 2), the last with java.io.IOException");
        assertThat(test.breaker.snapshot().lastTrip()).doesNotContain("refused");
    }

    @Test
    void theMessageOfAFailedTrialIsReportedToo() {
        test.fail(2);
        test.time.advanceMillis(1_000);
        test.call().threw(new IOException("still down"));
        assertThat(last().why()).isEqualTo("a trial failed with java.io.IOException");
        assertThat(last().failureMessage()).isEqualTo("still down");
    }

    @Test
    void aFailureWhoseMessageCannotBeReadOpensAllTheSame() {
        for (int i = 0; i < 2; i++) {
            test.call().threw(new IOException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("no text");
                }
            });
        }
        assertThat(last().to()).isEqualTo(CircuitState.OPEN);
        assertThat(last().failureMessage()).isNull();
    }

    @Test
    void resultsThatAreFailuresHaveNoMessage() {
        TestBreaker strict = new TestBreaker(
                s -> s.failureThreshold(1), new FailureRule(List.of(Throwable.class), List.of(), "bad"::equals));
        strict.call().returned("bad");
        assertThat(strict.transitions).singleElement().satisfies(opened -> {
            assertThat(opened.to()).isEqualTo(CircuitState.OPEN);
            assertThat(opened.failureMessage()).isNull();
        });
    }

    @Test
    void thePreviousStateIsReportedWithItsStart() {
        test.time.advanceMillis(5_000);
        test.fail(2);
        assertThat(last().fromSince()).isEqualTo(test.time.instant().minusMillis(5_000));
        test.time.advanceMillis(1_500);
        test.succeed();
        assertThat(test.transitions.get(1).fromSince())
                .isEqualTo(test.time.instant().minusMillis(1_500));
    }

    @Test
    void itIsNotClosedSinceItFirstOpenedHoweverManyTrialsFail() {
        test.fail(2);
        var opened = test.time.instant();
        test.time.advanceMillis(1_000);
        test.fail();
        assertThat(test.breaker.snapshot().notClosedSince()).isEqualTo(opened);
        test.time.advanceMillis(1_000);
        test.succeed();
        assertThat(test.breaker.snapshot().notClosedSince()).isNull();
        assertThat(test.breaker.snapshot().transitionsTo())
                .isEqualTo(Map.of(CircuitState.OPEN, 2L, CircuitState.HALF_OPEN, 2L, CircuitState.CLOSED, 1L));
    }

    @Test
    void rejectionsAreCountedByTheirReasonAndStateIt() {
        TestBreaker.Call only = test.call();
        assertRejected(RejectionReason.TOO_MANY_CALLS);
        only.succeeded();
        test.fail(2);
        assertRejected(RejectionReason.OPEN);
        test.time.advanceMillis(1_000);
        TestBreaker.Call trial = test.call();
        assertRejected(RejectionReason.TRIALS_TAKEN);
        trial.succeeded();
        test.breaker.forceOpen("drill");
        assertRejected(RejectionReason.FORCED_OPEN);
        assertThat(test.breaker.snapshot().rejected()).isEqualTo(4);
    }

    private void assertRejected(RejectionReason reason) {
        Map<RejectionReason, Long> before = test.breaker.snapshot().rejectedByReason();
        assertThatThrownBy(test::call)
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
        Map<RejectionReason, Long> after = test.breaker.snapshot().rejectedByReason();
        for (RejectionReason each : RejectionReason.values()) {
            assertThat(after.get(each) - before.get(each)).as("%s", each).isEqualTo(each == reason ? 1 : 0);
        }
    }

    @Test
    void twoFastTransitionsAndAResetAreReportedInOrderEachOnce() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(1).openMillis(0));
        test.fail(2);
        test.breaker.reset();
        test.breaker.reset();
        assertThat(test.transitions)
                .extracting(CircuitTransition::to)
                .containsExactly(
                        CircuitState.OPEN,
                        CircuitState.HALF_OPEN,
                        CircuitState.OPEN,
                        CircuitState.CLOSED,
                        CircuitState.CLOSED);
        assertThat(test.transitions).extracting(CircuitTransition::number).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(test.transitions.get(4).why()).isEqualTo("reset");
    }

    @Test
    void aTransitionCausedByAListenerIsReportedAfterItsCause() {
        List<CircuitState> received = new ArrayList<>();
        TestTime time = new TestTime();
        Breaker[] itself = new Breaker[1];
        itself[0] = new Breaker("test", BreakerSettings.defaults(), FailureRule.ANY, time, time, transition -> {
            if (transition.to() == CircuitState.OPEN) {
                itself[0].reset();
            }
            received.add(transition.to());
        });
        itself[0].forceOpen("test");
        assertThat(received).containsExactly(CircuitState.OPEN, CircuitState.CLOSED);
    }

    @Test
    void theTraceOfARejectionIsEmptyAndStaysSo() {
        TestBreaker test = new TestBreaker(s -> s.failureThreshold(1));
        test.fail();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(test::call).isInstanceOfSatisfying(CircuitOpenException.class, rejection -> {
                StringWriter printed = new StringWriter();
                rejection.printStackTrace(new PrintWriter(printed));
                assertThat(printed.toString().lines())
                        .containsExactly("io.switchgear.CircuitOpenException: test is OPEN for another 60000 ms;"
                                + " last failure java.io.IOException");
            });
        }
    }
}
