// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.BreakerControl;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CircuitControlTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(5));
    private final BreakerControl alice = test.breaker.by("alice");
    private final BreakerControl bob = test.breaker.by("bob");

    private static BreakerSettings threshold(BreakerSettings present, int value) {
        return present.with(Map.of(Setting.FAILURE_THRESHOLD, value));
    }

    private int threshold() {
        return test.breaker.snapshot().settings().failureThreshold();
    }

    @Test
    void theAuthorOfAChangeIsShownUntilItIsAsConfiguredAgain() {
        alice.update(present -> present.with(Map.of(Setting.FAILURE_THRESHOLD, 7, Setting.OPEN_MILLIS, 1)));
        bob.update(present -> threshold(present, 8));
        assertThat(test.breaker.snapshot().changedBy())
                .isEqualTo(Map.of(Setting.FAILURE_THRESHOLD, "bob", Setting.OPEN_MILLIS, "alice"));
        assertThat(test.breaker.snapshot().lastChange())
                .isEqualTo(test.time.instant() + " FailureThreshold from 7 to 8, by bob");
        bob.update(present -> threshold(present, 5));
        assertThat(test.breaker.snapshot().changedBy()).isEqualTo(Map.of(Setting.OPEN_MILLIS, "alice"));
    }

    @Test
    void changesAreUndoneOneByOneWithTheAuthorsOfThoseBefore() {
        alice.update(present -> threshold(present, 7));
        bob.update(present -> threshold(present, 8));
        assertThat(bob.undoLastChange()).isEqualTo(test.breaker.snapshot().settings());
        assertThat(threshold()).isEqualTo(7);
        assertThat(test.breaker.snapshot().changedBy()).containsValue("alice");
        bob.undoLastChange();
        assertThat(test.breaker.snapshot().settings()).isEqualTo(test.breaker.configuredSettings());
        assertThatThrownBy(bob::undoLastChange)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("no change of settings is left to undo");
    }

    @Test
    void theLastTwentyChangesCanBeUndone() {
        for (int value = 100; value < 130; value++) {
            int wanted = value;
            alice.update(present -> threshold(present, wanted));
        }
        for (int i = 0; i < 20; i++) {
            bob.undoLastChange();
        }
        assertThat(threshold()).isEqualTo(109);
        assertThatThrownBy(bob::undoLastChange).isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void revertingGoesBackToWhatIsConfiguredAndCanBeUndone() {
        alice.update(present -> threshold(present, 7));
        alice.update(present -> threshold(present, 8));
        assertThat(bob.revertSettings()).isEqualTo(test.breaker.configuredSettings());
        assertThat(test.breaker.snapshot().changedBy()).isEmpty();
        bob.undoLastChange();
        assertThat(threshold()).isEqualTo(8);
    }

    @Test
    void whatChangesNothingIsNeitherReportedNorUndone() {
        alice.update(present -> threshold(present, 5));
        alice.revertSettings();
        alice.automatic();
        assertThat(test.transitions).isEmpty();
        assertThat(test.breaker.snapshot().lastChange()).isNull();
    }

    @Test
    void transitionsNameTheirAuthorAndNoneForTheBreakersOwn() {
        test.fail(5);
        alice.halfOpenNow();
        bob.forceOpen("drill");
        bob.automatic();
        alice.reset();
        test.breaker.observe("");
        assertThat(test.transitions)
                .extracting(CircuitTransition::by)
                .containsExactly("", "alice", "bob", "bob", "alice", "code");
    }

    @Test
    void anAuthorMustBeNamedInOneLine() {
        assertThatThrownBy(() -> test.breaker.by(" "))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("who must not be blank: every change has an author");
        test.breaker.by("eve\nSGR0005: forged").forceOpen("a\r\nb" + "x".repeat(10_000));
        assertThat(test.breaker.snapshot().lastChange()).doesNotContain("\n").hasSizeLessThan(500);
        assertThat(test.breaker.snapshot().modeReason()).startsWith("a  bxxx").hasSizeLessThan(210);
    }

    @Test
    void aModeThatHasEndedIsNotEndedByAnOperatorOnceMore() {
        alice.setMode(BreakerMode.FORCED_CLOSED, Duration.ofMinutes(1), "");
        test.time.advanceMillis(60_000);
        bob.automatic();
        assertThat(test.transitions).hasSize(1);
        test.succeed();
        assertThat(test.transitions).last().satisfies(end -> {
            assertThat(end.by()).isEmpty();
            assertThat(end.why()).isEqualTo("the mode FORCED_CLOSED has ended");
        });
    }

    /** Guarded recursion: at some depth the stack ends between a transition and its delivery. */
    @Test
    void aStackThatOverflowsInATransitionEndsNoDelivery() throws Exception {
        // a small stack, as the time of an overflow grows with its depth
        FutureTask<Void> rounds = new FutureTask<>(
                () -> {
                    for (int round = 0; round < 50; round++) {
                        overflow();
                    }
                },
                null);
        new Thread(null, rounds, "small stack", 256 * 1024).start();
        rounds.get(1, TimeUnit.MINUTES);
    }

    private static void overflow() {
        TestBreaker shaken = new TestBreaker(s -> s.failureThreshold(1));
        try {
            recurse(shaken.breaker);
        } catch (StackOverflowError expected) {
            assertThat(shaken.breaker.snapshot().failures()).isPositive();
        }
        shaken.breaker.reset();
        assertThat(shaken.transitions)
                .last()
                .satisfies(last -> assertThat(last.why()).isEqualTo("reset"));
        assertThat(shaken.transitions)
                .extracting(CircuitTransition::number)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @SuppressWarnings("InfiniteRecursion") // that it is
    private static void recurse(Breaker breaker) {
        breaker.run(() -> recurse(breaker));
    }

    @Test
    void aListenerIsNotifiedUntilItIsRemoved() {
        List<CircuitTransition> received = new ArrayList<>();
        Runnable stop = test.breaker.listen(received::add);
        alice.reset();
        stop.run();
        alice.reset();
        assertThat(received).hasSize(1);
        assertThat(received.get(0)).hasToString("test #1: CLOSED to CLOSED, reset, by alice");
    }

    @Test
    void changesOfManyThreadsAreAllUndone() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int step = i;
            threads.add(new Thread(() -> {
                for (int j = 0; j < 5; j++) {
                    alice.update(present -> threshold(present, present.failureThreshold() + 1 + step));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(threshold()).as("no update is lost").isEqualTo(5 + 5 * (1 + 2 + 3 + 4));
        for (int i = 0; i < 20; i++) {
            bob.undoLastChange();
        }
        assertThat(threshold()).isEqualTo(5);
    }
}
