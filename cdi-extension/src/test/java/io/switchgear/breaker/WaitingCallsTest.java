// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitOpenException;
import io.switchgear.settings.CallTimer;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How calls wait for a place of a breaker that limits the number of calls in flight. */
@Timeout(60)
class WaitingCallsTest {
    private final List<Waiting> waiting = new ArrayList<>();

    /** A call on a thread of its own, which runs until it is let go. */
    private final class Waiting {
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final TestBreaker test;
        private final Thread thread;
        private volatile boolean began;
        private volatile boolean interruptedAfter;
        private volatile Throwable thrown;

        /** Begins the call; returns when it waits. */
        Waiting(TestBreaker test) {
            int before = test.breaker.snapshot().waitingCalls();
            this.test = test;
            thread = new Thread(this::run);
            thread.setDaemon(true);
            waiting.add(this);
            thread.start();
            await().until(() -> test.breaker.snapshot().waitingCalls() == before + 1 || !thread.isAlive());
        }

        private void run() {
            try {
                test.breaker.call(() -> {
                    began = true;
                    mayEnd.await();
                    return "fine";
                });
            } catch (Throwable failure) {
                thrown = failure;
            }
            interruptedAfter = Thread.currentThread().isInterrupted();
        }

        void begins() {
            await().until(() -> began);
        }

        void ends() throws InterruptedException {
            mayEnd.countDown();
            thread.join();
        }

        RejectionReason isRejected() throws InterruptedException {
            thread.join();
            assertThat(began).isFalse();
            assertThat(thrown).isInstanceOf(CircuitOpenException.class);
            return ((CircuitOpenException) thrown).reason();
        }
    }

    @AfterEach
    void everyCallEnds() throws InterruptedException {
        for (Waiting each : waiting) {
            each.mayEnd.countDown();
            each.test.breaker.forceClosed("the end of the test");
        }
        for (Waiting each : waiting) {
            each.thread.join();
        }
    }

    private static TestBreaker full() {
        return new TestBreaker(s -> s.maxConcurrentCalls(1).maxWaitingCalls(3).maxWaitMillis(0));
    }

    @Test
    void aCallWaitsForAPlaceAndGetsIt() throws InterruptedException {
        TestBreaker test = full();
        TestBreaker.Call first = test.call();
        Waiting second = new Waiting(test);
        assertThat(test.breaker.snapshot().callsInFlight()).isEqualTo(1);
        first.succeeded();
        second.begins();
        assertThat(test.breaker.snapshot().waitingCalls()).isZero();
        assertThat(test.breaker.snapshot().callsInFlight()).isEqualTo(1);
        second.ends();
        assertThat(test.breaker.snapshot().successes()).isEqualTo(2);
        assertThat(test.breaker.snapshot().rejected()).isZero();
        test.succeed();
    }

    @Test
    void theFirstThatCameIsTheFirstThatBegins() throws InterruptedException {
        TestBreaker test = full();
        TestBreaker.Call running = test.call();
        List<Waiting> inOrder = List.of(new Waiting(test), new Waiting(test), new Waiting(test));
        running.succeeded();
        for (int i = 0; i < inOrder.size(); i++) {
            inOrder.get(i).begins();
            int later = i + 1;
            assertThat(inOrder.subList(later, inOrder.size())).noneMatch(each -> each.began);
            assertThat(test.breaker.snapshot().waitingCalls()).isEqualTo(inOrder.size() - later);
            inOrder.get(i).ends();
        }
    }

    @Test
    void noMoreCallsWaitThanAllowed() {
        TestBreaker test = full();
        test.call();
        for (int i = 0; i < 3; i++) {
            new Waiting(test);
        }
        assertThatThrownBy(test::call)
                .isInstanceOf(CircuitOpenException.class)
                .hasMessage("test is CLOSED and as many calls as allowed are in flight");
        assertThat(test.breaker.snapshot().waitingCalls()).isEqualTo(3);
        test.breaker.reset();
    }

    @Test
    void aCallThatHasWaitedLongEnoughIsRejected() throws InterruptedException {
        TestBreaker test =
                new TestBreaker(s -> s.maxConcurrentCalls(1).maxWaitingCalls(3).maxWaitMillis(30));
        TestBreaker.Call running = test.call();
        Waiting late = new Waiting(test);
        test.time.advanceMillis(29);
        assertThat(test.breaker.snapshot().longestWaitMillis()).isEqualTo(29);
        Waiting later = new Waiting(test);
        test.time.advanceMillis(1);
        assertThat(late.isRejected()).isEqualTo(RejectionReason.TOO_MANY_CALLS);
        assertThat(test.breaker.snapshot().waitingCalls()).isEqualTo(1);
        assertThat(test.breaker.snapshot().longestWaitMillis()).isEqualTo(1);
        running.succeeded();
        later.begins();
        assertThat(test.breaker.snapshot().longestWaitMillis()).isZero();
    }

    @Test
    void anInterruptedCallerIsRejectedAndStaysInterrupted() throws InterruptedException {
        TestBreaker test = full();
        TestBreaker.Call running = test.call();
        Waiting interrupted = new Waiting(test);
        Waiting next = new Waiting(test);
        interrupted.thread.interrupt();
        assertThat(interrupted.isRejected()).isEqualTo(RejectionReason.TOO_MANY_CALLS);
        assertThat(interrupted.interruptedAfter).isTrue();
        assertThat(test.breaker.snapshot().failures()).isZero();
        assertThat(test.breaker.snapshot().consecutiveFailures()).isZero();
        assertThat(test.breaker.snapshot().rejected()).isEqualTo(1);
        running.succeeded();
        next.begins();
        next.ends();
        test.succeed();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyDoesNotWait() {
        TestBreaker test = full();
        TestBreaker.Call running = test.call();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
            running.succeeded();
            test.call().succeeded();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anOpeningRejectsAllThatWait() throws InterruptedException {
        TestBreaker test = full();
        TestBreaker.Call running = test.call();
        Waiting one = new Waiting(test);
        Waiting another = new Waiting(test);
        test.breaker.update(s -> s.toBuilder().failureThreshold(1).build());
        running.failed();
        assertThat(test.state()).isEqualTo(CircuitState.OPEN);
        assertThat(one.isRejected()).isEqualTo(RejectionReason.OPEN);
        assertThat(another.isRejected()).isEqualTo(RejectionReason.OPEN);
    }

    @Test
    void forcedOpenRejectsAllThatWait() throws InterruptedException {
        TestBreaker test = full();
        test.call();
        Waiting one = new Waiting(test);
        Waiting another = new Waiting(test);
        test.breaker.forceOpen("maintenance");
        assertThat(one.isRejected()).isEqualTo(RejectionReason.FORCED_OPEN);
        assertThat(another.isRejected()).isEqualTo(RejectionReason.FORCED_OPEN);
    }

    private void admitsAll(Consumer<TestBreaker> change) {
        TestBreaker test = full();
        test.call();
        List<Waiting> all = List.of(new Waiting(test), new Waiting(test));
        change.accept(test);
        all.forEach(Waiting::begins);
        assertThat(test.breaker.snapshot().waitingCalls()).isZero();
        assertThat(test.breaker.snapshot().callsInFlight()).isEqualTo(3);
    }

    @Test
    void forcedClosedAdmitsAllThatWait() {
        admitsAll(test -> test.breaker.forceClosed(""));
    }

    @Test
    void anObservingBreakerLetsNothingWait() {
        admitsAll(test -> test.breaker.observe(""));
    }

    @Test
    void aLimitThatIsRemovedAdmitsAllThatWait() {
        admitsAll(test -> test.tune(s -> s.maxConcurrentCalls(0)));
    }

    @Test
    void aBreakerThatIsSwitchedOffAdmitsAllThatWait() {
        TestBreaker test = full();
        test.call();
        Waiting waits = new Waiting(test);
        test.tune(s -> s.enabled(false));
        waits.begins();
        assertThat(test.breaker.snapshot().callsInFlight()).as("not counted").isEqualTo(1);
    }

    @Test
    void aLimitThatIsRaisedAdmitsAsManyAsItHasPlacesFor() {
        admitsAll(test -> test.tune(s -> s.maxConcurrentCalls(3)));
        TestBreaker test = full();
        test.call();
        List<Waiting> all = List.of(new Waiting(test), new Waiting(test), new Waiting(test));
        test.tune(s -> s.maxConcurrentCalls(3));
        all.subList(0, 2).forEach(Waiting::begins);
        assertThat(test.breaker.snapshot().waitingCalls()).isEqualTo(1);
        assertThat(all.get(2).began).isFalse();
        test.tune(s -> s.maxConcurrentCalls(4));
        all.get(2).begins();
    }

    @Test
    void aResetAdmitsAsManyAsThereArePlacesAndTheRestWaitsOn() throws InterruptedException {
        TestBreaker test = full();
        TestBreaker.Call hangs = test.call();
        List<Waiting> all = List.of(new Waiting(test), new Waiting(test));
        test.breaker.reset();
        await().until(() -> all.stream().filter(each -> each.began).count() == 1);
        await().until(() -> test.breaker.snapshot().waitingCalls() == 1);
        Waiting began = all.get(0).began ? all.get(0) : all.get(1);
        Waiting waits = all.get(0).began ? all.get(1) : all.get(0);
        hangs.succeeded();
        assertThat(test.breaker.snapshot().waitingCalls()).isEqualTo(1);
        assertThat(waits.began).isFalse();
        began.ends();
        waits.begins();
    }

    @Test
    void aLoweredLimitGivesNoPlaceUntilSoManyHaveEnded() {
        TestBreaker test =
                new TestBreaker(s -> s.maxConcurrentCalls(2).maxWaitingCalls(3).maxWaitMillis(0));
        TestBreaker.Call one = test.call();
        TestBreaker.Call another = test.call();
        Waiting third = new Waiting(test);
        test.tune(s -> s.maxConcurrentCalls(1).maxWaitingCalls(0));
        one.succeeded();
        assertThat(test.breaker.snapshot().waitingCalls()).isEqualTo(1);
        assertThat(third.began).isFalse();
        another.succeeded();
        third.begins();
    }

    @Test
    void aCallWithinACallDoesNotWait() {
        TestBreaker test = full();
        test.breaker.run(() -> {
            Waiting other = new Waiting(test);
            test.breaker.run(() -> assertThat(other.began).isFalse());
            assertThat(test.breaker.snapshot().waitingCalls()).isEqualTo(1);
        });
        waiting.forEach(Waiting::begins);
    }

    @Test
    void callsThatHangOpenTheBreakerWhileOthersWait() throws InterruptedException {
        TestBreaker test = new TestBreaker(s -> s.maxConcurrentCalls(1)
                .maxWaitingCalls(3)
                .maxWaitMillis(0)
                .slowCallMillis(160)
                .failureThreshold(1));
        test.call();
        Waiting waits = new Waiting(test);
        test.time.advanceMillis(200);
        assertThat(waits.isRejected()).isEqualTo(RejectionReason.OPEN);
    }

    @Test
    void aTimedCallWaitsToo() throws InterruptedException {
        TestBreaker test = new TestBreaker(
                s -> s.maxConcurrentCalls(1).maxWaitingCalls(1).maxWaitMillis(0).callTimer(CallTimer.ON));
        TestBreaker.Call running = test.call();
        Waiting waits = new Waiting(test);
        test.time.advanceMillis(50);
        running.succeeded();
        waits.begins();
        waits.ends();
        // the wait is not part of the call
        assertThat(test.times).containsExactly(Duration.ofMillis(50).toNanos(), 0L);
    }

    @Test
    void aCallThatIsReleasedIntoHalfOpenIsATrialLikeAnyOther() throws InterruptedException {
        TestBreaker test = new TestBreaker(s -> s.maxConcurrentCalls(1)
                .maxWaitingCalls(3)
                .maxWaitMillis(0)
                .failureThreshold(1)
                .openMillis(0)
                .halfOpenMaxCalls(1)
                .successThreshold(2));
        TestBreaker.Call running = test.call();
        Waiting one = new Waiting(test);
        Waiting another = new Waiting(test);
        running.failed();
        await().until(() -> one.began || another.began);
        Waiting trial = one.began ? one : another;
        Waiting taken = one.began ? another : one;
        assertThat(taken.isRejected()).isEqualTo(RejectionReason.TRIALS_TAKEN);
        assertThat(test.breaker.snapshot().trialsInFlight()).isEqualTo(1);
        trial.ends();
        assertThat(test.breaker.snapshot().trialSuccesses()).isEqualTo(1);
    }
}
