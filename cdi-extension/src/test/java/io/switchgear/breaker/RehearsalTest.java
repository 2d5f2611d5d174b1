// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.fuzz.RandomInputs;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RehearsalSnapshot;
import io.switchgear.time.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other settings beside those in force, on the outcomes of the same calls. */
class RehearsalTest {
    private final TestBreaker test = new TestBreaker(s -> s.failureThreshold(5).openMillis(1_000));

    private void rehearse(Setting setting, Object value) {
        test.breaker.by("bob").rehearse(present -> present.with(Map.of(setting, value)));
    }

    private RehearsalSnapshot seen() {
        return test.breaker.snapshot().rehearsal();
    }

    @Test
    void aRehearsedBreakerDecidesAsABreakerWithItsSettings() {
        RandomInputs.run(200, random -> RandomInputs.bytes(random, 2_000), new RehearsalComparison.Target(false));
    }

    @Test
    void aRehearsedBreakerDecidesAsABreakerWithItsSettingsOnSlowAndHangingCalls() {
        RandomInputs.run(200, random -> RandomInputs.bytes(random, 2_000), new RehearsalComparison.Target(true));
    }

    @Test
    void bothAreCompared() {
        rehearse(Setting.FAILURE_THRESHOLD, 2);
        test.fail(3);
        test.succeed(4);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(seen().state()).isEqualTo(CircuitState.OPEN);
        assertThat(seen().by()).isEqualTo("bob");
        assertThat(seen().since()).isEqualTo(test.time.instant());
        assertThat(seen().lastTrip())
                .isEqualTo("2 consecutive failures (threshold 2), the last with java.io.IOException");
        assertThat(seen().comparison())
                .isEqualTo("opened once, the breaker 0 times; rejected 5 calls, the breaker 0 calls; of the calls that"
                        + " it would have rejected, 4 succeeded");
        assertThat(test.transitions)
                .as("a rehearsal is no change of the breaker")
                .isEmpty();
        assertThat(test.breaker.snapshot().lastChange()).isNull();
    }

    @Test
    void theRehearsedBreakerClosesAgainByTrialsOfItsOwn() {
        rehearse(Setting.FAILURE_THRESHOLD, 2);
        test.fail(2);
        test.time.advanceMillis(1_000);
        test.succeed(3);
        assertThat(seen().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(seen().rejected()).isZero();
    }

    @Test
    void callsThatTheBreakerRejectsAreNotSeen() {
        rehearse(Setting.FAILURE_THRESHOLD, 100);
        test.fail(5);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        }
        assertThat(seen().unseenCalls()).isEqualTo(3);
        assertThat(seen().rejected()).isZero();
        assertThat(seen().breakerRejected()).isEqualTo(3);
        assertThat(seen().breakerOpened()).isEqualTo(1);
        assertThat(seen().comparison()).endsWith("; 3 calls not seen, as the breaker rejected them");
    }

    @Test
    void callsThatBothRejectCountForBoth() {
        rehearse(Setting.FAILURE_THRESHOLD, 5);
        test.fail(5);
        assertThatThrownBy(test::call).isInstanceOf(CircuitOpenException.class);
        assertThat(seen().rejected()).isEqualTo(1);
        assertThat(seen().unseenCalls()).isZero();
    }

    @Test
    void theRehearsedBreakerIsAutomaticWhateverTheMode() {
        test.breaker.setMode(BreakerMode.FORCED_CLOSED, null, "a rehearsal");
        rehearse(Setting.FAILURE_THRESHOLD, 2);
        test.fail(20);
        assertThat(test.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(seen().opened()).isEqualTo(1);
        assertThat(seen().rejected()).isEqualTo(18);
    }

    @Test
    void callsInFlightWhenItBeginsAreNotSeenAndThoseInFlightWhenItEndsAreJudgedOnce() {
        TestBreaker.Call before = test.call();
        rehearse(Setting.FAILURE_THRESHOLD, 1);
        TestBreaker.Call during = test.call();
        before.failed();
        assertThat(seen().state()).isEqualTo(CircuitState.CLOSED);
        test.breaker.endRehearsal();
        during.failed();
        assertThat(test.breaker.snapshot().failures()).isEqualTo(2);
        assertThat(test.breaker.snapshot().callsInFlight()).isZero();
        assertThat(test.breaker.snapshot().consecutiveFailures()).isEqualTo(2);
    }

    @Test
    void aChangeOfTheSettingsInForceChangesTheRehearsedOnesToo() {
        rehearse(Setting.FAILURE_THRESHOLD, 2);
        test.tune(s -> s.openMillis(7_000));
        assertThat(seen().settings().openMillis()).isEqualTo(7_000);
        assertThat(seen().settings().failureThreshold()).isEqualTo(2);
        test.breaker.undoLastChange();
        assertThat(seen().settings().openMillis()).isEqualTo(1_000);
    }

    @Test
    void aChangeThatContradictsTheRehearsalIsNotRefused() {
        test.tune(s -> s.tripOn(TripOn.CALL_WINDOW).windowCalls(50));
        rehearse(Setting.MINIMUM_CALLS, 40);
        test.tune(s -> s.windowCalls(30));
        assertThat(test.breaker.settings().windowCalls()).isEqualTo(30);
        assertThat(seen().settings().windowCalls()).isEqualTo(50);
        assertThatThrownBy(test.breaker::applyRehearsal)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("minimumCalls must be <= windowCalls (30) but was 40");
        assertThat(seen()).isNotNull();
    }

    @Test
    void aResetClosesBoth() {
        rehearse(Setting.FAILURE_THRESHOLD, 2);
        test.fail(2);
        test.breaker.reset();
        assertThat(seen().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(seen().opened()).isEqualTo(1);
    }

    @Test
    void anotherRehearsalReplacesTheFirst() {
        rehearse(Setting.FAILURE_THRESHOLD, 1);
        test.fail();
        rehearse(Setting.FAILURE_THRESHOLD, 2);
        assertThat(seen().opened()).isZero();
        assertThat(seen().settings().failureThreshold()).isEqualTo(2);
    }

    @Test
    void appliedItIsAChangeLikeAnother() {
        rehearse(Setting.FAILURE_THRESHOLD, 2);
        test.breaker.by("alice").applyRehearsal();
        assertThat(test.breaker.settings().failureThreshold()).isEqualTo(2);
        assertThat(test.breaker.snapshot().changedBy()).containsEntry(Setting.FAILURE_THRESHOLD, "alice");
        assertThat(seen()).isNull();
        test.breaker.undoLastChange();
        assertThat(test.breaker.settings().failureThreshold()).isEqualTo(5);
    }

    @Test
    void withoutARehearsalThereIsNothingToEndOrToApply() {
        for (Runnable each : List.<Runnable>of(test.breaker::endRehearsal, test.breaker::applyRehearsal)) {
            assertThatThrownBy(each::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no rehearsal is running; rehearse begins one");
        }
        assertThat(seen()).isNull();
    }

    @Test
    void aBreakerThatIsOffRehearsesNothing() {
        test.tune(s -> s.enabled(false));
        assertThatThrownBy(() -> rehearse(Setting.ENABLED, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rehearse needs a breaker that is on, as one that is off judges no calls;"
                        + " set Enabled to true first");
    }

    @Test
    void aFailureThatPassesTwoCallsCountsOnce() {
        Breaker breaker = new Breaker("test", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
        breaker.rehearse(present -> present.with(Map.of(Setting.FAILURE_THRESHOLD, 2)));
        assertThatThrownBy(() -> breaker.call(() -> breaker.call(() -> {
                    throw new IOException("broken");
                })))
                .isInstanceOf(IOException.class);
        assertThat(breaker.snapshot().failures()).isEqualTo(1);
        assertThat(breaker.snapshot().rehearsal().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aResultThatIsRefusedAndAStageAreJudgedForBoth() {
        TestBreaker refusing =
                new TestBreaker(s -> s, new FailureRule(List.of(Throwable.class), List.of(), "bad"::equals));
        refusing.breaker.rehearse(present -> present.with(Map.of(Setting.FAILURE_THRESHOLD, 2)));
        refusing.call().returned("bad");
        CompletableFuture<String> stage = new CompletableFuture<>();
        var result = refusing.breaker.callAsync(() -> stage);
        assertThat(refusing.breaker.snapshot().rehearsal().opened()).isZero();
        stage.complete("bad");
        assertThat(result).isCompletedWithValue("bad");
        assertThat(refusing.breaker.snapshot().rehearsal().lastTrip())
                .startsWith("2 consecutive failures (threshold 2), the last with result refused by ");
        assertThat(refusing.breaker.snapshot().consecutiveFailures()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(TripOn.class)
    void aCallAllocatesNothingWhileBothAreClosedAndWhileTheRehearsedOneIsOpen(TripOn tripOn) throws Exception {
        Breaker breaker = new Breaker("test", BreakerSettings.defaults(), FailureRule.ANY, transition -> {});
        breaker.rehearse(present -> present.toBuilder()
                .tripOn(tripOn)
                .failureThreshold(2)
                .minimumCalls(2)
                .slowCallMillis(60_000)
                .trialIntervalMillis(600_000)
                .openMillis(600_000)
                .build());
        assertThat(allocatedByOneCall(breaker)).isZero();
        breaker.reset();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> breaker.run(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        if (tripOn != TripOn.ADAPTIVE) {
            long lost = breaker.peek().rehearsal().lostSuccesses();
            assertThat(allocatedByOneCall(breaker)).isZero();
            assertThat(breaker.peek().rehearsal().lostSuccesses()).isGreaterThan(lost);
        }
    }

    @ParameterizedTest
    @EnumSource(TripOn.class)
    void aCallReadsTheClockAsOftenAsTheManualSays(TripOn tripOn) {
        AtomicInteger reads = new AtomicInteger();
        Ticker counting = () -> {
            reads.incrementAndGet();
            return test.time.nanos();
        };
        BreakerSettings settings = BreakerSettings.builder().tripOn(tripOn).build();
        Breaker breaker = new Breaker("test", settings, FailureRule.ANY, counting, test.time, transition -> {});
        Runnable call = () -> breaker.run(() -> {});
        call.run();
        reads.set(0);
        call.run();
        int without = reads.getAndSet(0);
        assertThat(without).isEqualTo(tripOn == TripOn.TIME_WINDOW ? 1 : 0);
        breaker.rehearse(present -> present.toBuilder().failureThreshold(2).build());
        call.run();
        reads.set(0);
        call.run();
        assertThat(reads.get() - without).isEqualTo(tripOn == TripOn.TIME_WINDOW ? 4 : 3);
    }

    private static long allocatedByOneCall(Breaker breaker) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Runnable action = () -> {};
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 2_000; i++) {
                breaker.run(action);
            }
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            least = Math.min(least, allocated / 2_000);
        }
        return least;
    }

    @Test
    void callsOnManyThreadsAreAllSeenWhileSettingsChange() throws Exception {
        int calls = 2_000;
        Breaker breaker = new Breaker(
                "test",
                BreakerSettings.builder().failureThreshold(1_000_000).build(),
                FailureRule.ANY,
                transition -> {});
        breaker.rehearse(present -> present.with(Map.of(Setting.FAILURE_THRESHOLD, TestThreads.THREADS * calls)));
        IOException failure = new IOException("broken");
        TestThreads.onAllThreads(random -> {
            for (int i = 0; i < calls; i++) {
                Permit permit = breaker.acquire();
                permit.threw(failure, permit.start());
                if (i % 20 == 0) {
                    int slowCallMillis = random.nextBoolean() ? 0 : 60_000 + random.nextInt(100);
                    breaker.update(present -> present.with(Map.of(Setting.SLOW_CALL_MILLIS, slowCallMillis)));
                }
            }
        });
        RehearsalSnapshot seen = breaker.snapshot().rehearsal();
        assertThat(seen.state()).as("the last of all failures opens it").isEqualTo(CircuitState.OPEN);
        assertThat(seen.rejected()).isZero();
        assertThat(seen.settings().slowCallMillis())
                .isEqualTo(breaker.settings().slowCallMillis());
        assertThat(breaker.snapshot().callsInFlight()).isZero();
    }
}
