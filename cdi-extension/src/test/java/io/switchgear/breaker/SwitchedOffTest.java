// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.settings.CallTimer;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.RejectionReason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A breaker that is off lets calls pass as if there were none. */
class SwitchedOffTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(2).openMillis(1_000));

    private void switchOff() {
        test.tune(s -> s.enabled(false));
    }

    private void switchOn() {
        test.tune(s -> s.enabled(true));
    }

    private CircuitTransition lastTransition() {
        return test.transitions.get(test.transitions.size() - 1);
    }

    @Test
    void callsAreNeitherCountedNorJudgedNorTimed() {
        TestBreaker off = new TestBreaker(s -> s.enabled(false)
                .failureThreshold(1)
                .slowCallMillis(1)
                .maxConcurrentCalls(1)
                .callTimer(CallTimer.ON));
        BreakerSnapshot before = off.breaker.snapshot();
        TestBreaker.Call succeeding = off.call();
        TestBreaker.Call failing = off.call();
        TestBreaker.Call ignored = off.call();
        off.time.advanceMillis(100);
        succeeding.succeeded();
        failing.failed();
        ignored.ignored();
        assertThat(TestBreaker.shown(off.breaker.snapshot())).isEqualTo(TestBreaker.shown(before));
        assertThat(off.times).isEmpty();
        assertThat(off.transitions).isEmpty();
    }

    @Test
    void callersGetTheirResultsAndExceptions() throws Exception {
        switchOff();
        IOException broken = new IOException("broken");
        assertThat(test.breaker.<String>call(() -> "fine")).isEqualTo("fine");
        assertThatThrownBy(() -> test.breaker.call(() -> {
                    throw broken;
                }))
                .isSameAs(broken);
        CompletionStage<String> stage = new CompletableFuture<>();
        assertThat(test.breaker.callAsync(() -> stage)).isSameAs(stage);
        assertThat(test.breaker.snapshot().calls()).isZero();
    }

    @Test
    void resultsAreNotTested() throws Exception {
        AtomicInteger tested = new AtomicInteger();
        TestBreaker judging = new TestBreaker(
                s -> s.enabled(false),
                new FailureRule(
                        List.of(Throwable.class), List.of(), result -> tested.incrementAndGet() > Integer.MIN_VALUE));
        judging.breaker.call(() -> "refused");
        assertThat(tested).hasValue(0);
    }

    @Test
    void callsPassAnOpenBreaker() {
        test.fail(2);
        assertThatThrownBy(test::call).isExactlyInstanceOf(CircuitOpenException.class);
        switchOff();
        test.fail(3);
        assertThat(test.breaker.rejectsNow()).isFalse();
        assertThat(test.breaker.rejection()).isNull();
        assertThat(test.breaker.snapshot())
                .returns(CircuitState.CLOSED, BreakerSnapshot::state)
                .returns(0L, BreakerSnapshot::openRemainingMillis)
                .returns(null, BreakerSnapshot::notClosedSince)
                .returns(2L, BreakerSnapshot::failures)
                .returns(1L, BreakerSnapshot::rejected);
    }

    @Test
    void callsPassABreakerThatIsForcedOpen() {
        test.breaker.forceOpen("maintenance");
        switchOff();
        test.succeed();
        assertThat(test.breaker.snapshot())
                .returns(CircuitState.CLOSED, BreakerSnapshot::state)
                .returns(BreakerMode.FORCED_OPEN, BreakerSnapshot::mode)
                .returns(0L, BreakerSnapshot::openRemainingMillis);
        switchOn();
        assertThatThrownBy(test::call)
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(RejectionReason.FORCED_OPEN));
    }

    @Test
    void callsPassAHalfOpenBreakerWithoutATrial() {
        test.untilHalfOpen();
        switchOff();
        List.of(test.call(), test.call(), test.call(), test.call()).forEach(call -> {
            assertThat(call.isTrial()).isFalse();
            call.succeeded();
        });
        switchOn();
        assertThat(test.breaker.snapshot())
                .returns(CircuitState.HALF_OPEN, BreakerSnapshot::state)
                .returns(0, BreakerSnapshot::trialSuccesses);
    }

    @Test
    void outcomesOfCallsAdmittedBeforeAreLate() {
        TestBreaker.Call first = test.call();
        TestBreaker.Call second = test.call();
        switchOff();
        first.failed();
        switchOn();
        second.failed();
        assertThat(test.breaker.snapshot())
                .returns(2L, BreakerSnapshot::lateOutcomes)
                .returns(2L, BreakerSnapshot::failures)
                .returns(0, BreakerSnapshot::consecutiveFailures)
                .returns(CircuitState.CLOSED, BreakerSnapshot::state);
    }

    @Test
    void trialsAdmittedBeforeAreLateAndTheirPermitsAreBack() {
        TestBreaker single = new TestBreaker(s -> s.halfOpenMaxCalls(1).successThreshold(1));
        single.untilHalfOpen();
        TestBreaker.Call trial = single.call();
        single.tune(s -> s.enabled(false));
        single.tune(s -> s.enabled(true));
        TestBreaker.Call next = single.call();
        trial.failed();
        assertThat(single.breaker.snapshot())
                .returns(CircuitState.HALF_OPEN, BreakerSnapshot::state)
                .returns(1L, BreakerSnapshot::lateOutcomes);
        next.succeeded();
        assertThat(single.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void callsThatPassedWhileItWasOffDecideNothingLater() {
        switchOff();
        TestBreaker.Call first = test.call();
        TestBreaker.Call second = test.call();
        switchOn();
        first.failed();
        second.failed();
        assertThat(test.breaker.snapshot())
                .returns(CircuitState.CLOSED, BreakerSnapshot::state)
                .returns(0L, BreakerSnapshot::failures)
                .returns(0L, BreakerSnapshot::lateOutcomes)
                .returns(0L, BreakerSnapshot::callsInFlight);
    }

    @Test
    void callsThatHungBeforeDoNotOpenItLater() {
        test.tune(s -> s.slowCallMillis(10));
        TestBreaker.Call first = test.call();
        TestBreaker.Call second = test.call();
        test.time.advanceMillis(1_000);
        switchOff();
        assertThat(test.breaker.snapshot().overdueCalls()).isZero();
        switchOn();
        test.time.advanceMillis(1_000);
        test.succeed();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        first.succeeded();
        second.succeeded();
        assertThat(test.breaker.snapshot().lateOutcomes()).isEqualTo(2);
    }

    @Test
    void aClosedBreakerGoesOnWithItsOutcomes() {
        test.fail();
        switchOff();
        test.succeed();
        switchOn();
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(1);
        test.fail();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void theDeadlineOfAnOpenBreakerGoesOn() {
        test.fail(2);
        switchOff();
        test.time.advanceMillis(400);
        switchOn();
        assertThat(test.breaker.snapshot())
                .returns(CircuitState.OPEN, BreakerSnapshot::state)
                .returns(600L, BreakerSnapshot::openRemainingMillis);
        switchOff();
        test.time.advanceMillis(600);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        switchOn();
        assertThat(test.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(test.call().isTrial()).isTrue();
    }

    @Test
    void placesOfCallsAdmittedBeforeStayTaken() {
        TestBreaker limited = new TestBreaker(s -> s.maxConcurrentCalls(1));
        TestBreaker.Call before = limited.call();
        limited.tune(s -> s.enabled(false));
        TestBreaker.Call unseen = limited.call();
        limited.tune(s -> s.enabled(true));
        assertThatThrownBy(limited::call).isExactlyInstanceOf(CircuitOpenException.class);
        before.succeeded();
        limited.succeed();
        unseen.succeeded();
        limited.succeed();
    }

    @Test
    void listenersSeeBothChanges() {
        test.fail(2);
        test.time.advanceMillis(100);
        test.breaker.by("alice").update(s -> s.toBuilder().enabled(false).build());
        assertThat(lastTransition())
                .returns(CircuitState.OPEN, CircuitTransition::from)
                .returns(CircuitState.CLOSED, CircuitTransition::to)
                .returns("Enabled from true to false", CircuitTransition::why)
                .returns("alice", CircuitTransition::by);
        assertThat(test.breaker.snapshot().stateSince())
                .isEqualTo(lastTransition().at());
        test.breaker.by("alice").undoLastChange();
        assertThat(lastTransition())
                .returns(CircuitState.CLOSED, CircuitTransition::from)
                .returns(CircuitState.OPEN, CircuitTransition::to)
                .returns("Enabled from false to true", CircuitTransition::why);
        assertThat(test.breaker.snapshot())
                .returns(lastTransition().at(), BreakerSnapshot::notClosedSince)
                .returns(1L, BreakerSnapshot::trips)
                .returns(1L, BreakerSnapshot::opened);
    }

    @Test
    void operationsWhileItIsOffTakeEffectWhenItIsOn() {
        test.fail(2);
        switchOff();
        test.breaker.reset();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        switchOn();
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        switchOff();
        test.breaker.forceOpen("maintenance");
        test.succeed();
        switchOn();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void fallbacksOfCallsThatPassAreNotCounted() {
        switchOff();
        test.breaker.fallbackUsed();
        assertThat(test.breaker.snapshot().fallbacks()).isZero();
    }
}
