// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.TimeLimitExceededException;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.ManualTimer;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The wake-ups of a {@link TimeLimit}. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class DeadlinesTest {
    private final TestTime time = new TestTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final TimeLimit limit = new TimeLimit(
            "orders", TimeLimitSettings.defaults(), TimeLimitExceededException::new, new Time(time, time, timer));
    private final GuardPipeline<Callable<?>> calls =
            new GuardPipeline<>(Object.class, GuardLayers.on(timer).with(limit));

    private CompletableFuture<?> begin() throws Exception {
        return (CompletableFuture<?>) calls.call(Callable::call, CompletableFuture::new);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void manyCallsHaveOneWakeUp() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            calls.call(Callable::call, () -> "done");
        }
        assertThat(timer.waiting()).isEqualTo(1);
        assertThat(limit.snapshot().running()).isZero();
        timer.advanceMillis(1_000);
        assertThat(timer.waiting()).as("no call is left").isZero();
    }

    @Test
    void eachCallEndsAtItsDeadlineInWhateverOrderOthersEnd() throws Exception {
        CompletableFuture<?> first = begin();
        timer.advanceMillis(300);
        CompletableFuture<?> second = begin();
        timer.advanceMillis(300);
        CompletableFuture<?> third = begin();
        second.cancel(true);
        timer.advanceMillis(400);
        timer.runStarted();
        assertThat(first).isCompletedExceptionally();
        assertThat(third).isNotDone();
        timer.advanceMillis(599);
        timer.runStarted();
        assertThat(third).isNotDone();
        timer.advanceMillis(1);
        timer.runStarted();
        assertThat(third).isCompletedExceptionally();
        assertThat(limit.snapshot()).returns(2L, s -> s.exceeded()).returns(0L, s -> s.running());
    }

    @Test
    void aShorterLimitAppliesToCallsInFlightAtOnce() throws Exception {
        begin();
        timer.advanceMillis(100);
        limit.by("alice").update(now -> now.limitMillis(200));
        timer.advanceMillis(99);
        assertThat(limit.snapshot().exceeded()).isZero();
        timer.advanceMillis(1);
        assertThat(limit.snapshot().exceeded()).isEqualTo(1);
    }

    @Test
    void aLongerLimitAppliesToCallsInFlight() throws Exception {
        begin();
        limit.by("alice").update(now -> now.limitMillis(5_000));
        timer.advanceMillis(4_999);
        assertThat(limit.snapshot().exceeded()).isZero();
        timer.advanceMillis(1);
        assertThat(limit.snapshot().exceeded()).isEqualTo(1);
    }

    @Test
    void noWakeUpIsFarAwayThoughTheLimitIsADay() throws Exception {
        limit.by("alice").update(now -> now.limitMillis(86_400_000));
        begin();
        assertThat(timer.lastMillis()).isEqualTo(10_000);
        timer.advanceMillis(86_399_999);
        assertThat(limit.snapshot().exceeded()).isZero();
        timer.advanceMillis(1);
        assertThat(limit.snapshot().exceeded()).isEqualTo(1);
    }

    @Test
    void aPauseOfTheProcessEndsCallsLateButEndsThem() throws Exception {
        for (int i = 0; i < 100; i++) {
            begin();
            timer.advanceMillis(1);
        }
        time.advanceMillis(60_000);
        timer.advanceMillis(0);
        assertThat(limit.snapshot()).returns(100L, s -> s.exceeded()).returns(0L, s -> s.running());
    }

    @Test
    void aStepOfTheWallClockChangesNothing() throws Exception {
        begin();
        time.stepWallClock(86_400_000);
        timer.advanceMillis(999);
        time.stepWallClock(-2 * 86_400_000L);
        assertThat(limit.snapshot().exceeded()).isZero();
        timer.advanceMillis(1);
        assertThat(limit.snapshot().exceeded()).isEqualTo(1);
    }

    @Test
    void aWakeUpThatHasToWaitDelaysNoOtherCall() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger exceptions = new AtomicInteger();
        TimeLimit slow = new TimeLimit(
                "orders",
                TimeLimitSettings.defaults(),
                (name, millis, trial, frames) -> {
                    if (exceptions.incrementAndGet() == 1) {
                        waits.countDown();
                        awaited(goesOn);
                    }
                    return new TimeLimitExceededException(name, millis, trial, frames);
                },
                new Time(time, time, timer));
        GuardPipeline<Callable<?>> stages =
                new GuardPipeline<>(Object.class, GuardLayers.on(timer).with(slow));
        CompletableFuture<?> first = (CompletableFuture<?>) stages.call(Callable::call, CompletableFuture::new);
        CompletableFuture<?> second = (CompletableFuture<?>) stages.call(Callable::call, CompletableFuture::new);
        Thread wakeUp = new Thread(() -> timer.advanceMillis(1_000));
        wakeUp.start();
        waits.await();
        timer.advanceMillis(2);
        timer.runStarted();
        assertThat(first).isNotDone();
        assertThat(second).isCompletedExceptionally();
        goesOn.countDown();
        wakeUp.join();
        timer.runStarted();
        assertThat(first).isCompletedExceptionally();
    }

    @Test
    void aSchedulerThatRefusesIsReplacedByTheJdksAndLoggedOnce() throws Exception {
        TimeLimit real = new TimeLimit("orders", TimeLimitSettings.defaults().limitMillis(20), Time.SYSTEM.with(timer));
        GuardPipeline<Callable<?>> sleepers =
                new GuardPipeline<>(Object.class, GuardLayers.on(timer).with(real));
        timer.refuses = true;
        try (RecordedLog log = new RecordedLog()) {
            for (int i = 0; i < 2; i++) {
                assertThat(catchThrowable(() -> sleepers.call(Callable::call, () -> {
                            TimeUnit.MINUTES.sleep(1);
                            return "";
                        })))
                        .isInstanceOf(TimeLimitExceededException.class);
            }
            assertThat(log.lines()).filteredOn(line -> line.contains("SGR0051")).hasSize(1);
        }
    }

    @Test
    void aSchedulerThatLosesItsTasksIsReplacedWithTheNextCall() throws Exception {
        TimeLimit real = new TimeLimit("orders", TimeLimitSettings.defaults().limitMillis(20), Time.SYSTEM.with(timer));
        GuardPipeline<Callable<?>> sleepers =
                new GuardPipeline<>(Object.class, GuardLayers.on(timer).with(real));
        sleepers.call(Callable::call, () -> "done");
        timer.drop();
        TimeUnit.NANOSECONDS.sleep(WakeUps.PATIENCE_NANOS + 50_000_000);
        try (RecordedLog log = new RecordedLog()) {
            assertThat(catchThrowable(() -> sleepers.call(Callable::call, () -> {
                        TimeUnit.MINUTES.sleep(1);
                        return "";
                    })))
                    .isInstanceOf(TimeLimitExceededException.class);
            assertThat(log.lines()).anyMatch(line -> line.contains("SGR0051"));
        }
    }

    @Test
    void aProcessThatWasPausedIsNoReasonToReplaceTheScheduler() throws Exception {
        calls.call(Callable::call, () -> "done");
        time.advanceMillis(60_000);
        try (RecordedLog log = new RecordedLog()) {
            CompletableFuture<?> late = begin();
            timer.advanceMillis(0);
            Awaitility.await().until(() -> {
                timer.advanceMillis(100);
                timer.runStarted();
                return late.isDone();
            });
            assertThat(log.lines()).isEmpty();
        }
    }
}
