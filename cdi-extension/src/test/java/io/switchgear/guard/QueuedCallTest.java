// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static io.switchgear.guard.BulkheadTest.assertFree;
import static io.switchgear.guard.BulkheadTest.occupy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.time.TestTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How calls wait at a bulkhead without a thread. */
@Timeout(60)
class QueuedCallTest {
    private final TestTime time = new TestTime();

    private Bulkhead bulkhead(int places, int waiting, long maxWaitMillis) {
        return BulkheadTest.bulkhead(time, places, waiting, maxWaitMillis);
    }

    @Test
    void callsWithoutAThreadBeginFirstComeFirstServed() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 10, 0);
        CompletableFuture<Object> running = occupy(bulkhead);
        List<Integer> order = new ArrayList<>();
        List<CompletableFuture<Object>> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            results.add(bulkhead.submit(each -> order.add(number), "", Runnable::run));
        }
        assertThat(order).isEmpty();
        running.complete("");
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
        assertThat(results).allMatch(CompletableFuture::isDone);
        assertFree(bulkhead);
    }

    @Test
    void aLongQueueNeedsNoDeepStack() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1_000_000, 0);
        CompletableFuture<Object> running = occupy(bulkhead);
        List<CompletableFuture<Object>> results = new ArrayList<>();
        Executor refusing = task -> {
            throw new RejectedExecutionException("full");
        };
        for (int i = 0; i < 100_000; i++) {
            results.add(bulkhead.submit(each -> "fine", "", i % 2 == 0 ? Runnable::run : refusing));
        }
        running.complete("");
        assertThat(results).allMatch(CompletableFuture::isDone);
        assertThat(results.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(50_000);
        assertFree(bulkhead);
    }

    @Test
    void aCancelledCallLeavesTheQueueAndIsNotRun() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 2, 0);
        CompletableFuture<Object> running = occupy(bulkhead);
        CompletableFuture<Object> cancelled = bulkhead.submit(
                each -> {
                    throw new AssertionError("was run");
                },
                "",
                Runnable::run);
        CompletableFuture<Object> next = bulkhead.submit(each -> "next", "", Runnable::run);
        cancelled.cancel(false);
        assertThat(bulkhead.snapshot().waitingCalls()).isEqualTo(1);
        running.complete("");
        assertThat(next).isCompletedWithValue("next");
        assertThatThrownBy(cancelled::get).isInstanceOf(CancellationException.class);
        assertFree(bulkhead);
    }

    @Test
    void aCallThatIsCancelledWhileItsExecutorHasItIsNotRun() {
        Bulkhead bulkhead = bulkhead(1, 0, 0);
        List<Runnable> tasks = new ArrayList<>();
        CompletableFuture<Object> cancelled = bulkhead.submit(
                each -> {
                    throw new AssertionError("was run");
                },
                "",
                tasks::add);
        assertThat(bulkhead.snapshot().callsInFlight()).isEqualTo(1);
        cancelled.cancel(false);
        tasks.forEach(Runnable::run);
        assertFree(bulkhead);
    }

    @Test
    void anExecutorThatRefusesFailsTheCallAndTheNextOneBegins() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 2, 0);
        CompletableFuture<Object> running = occupy(bulkhead);
        CompletableFuture<Object> refused = bulkhead.submit(each -> "no", "", task -> {
            throw new RejectedExecutionException("full");
        });
        CompletableFuture<Object> next = bulkhead.submit(each -> "next", "", Runnable::run);
        running.complete("");
        assertThatThrownBy(refused::get).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(next).isCompletedWithValue("next");
        assertFree(bulkhead);
    }

    @Test
    void anExecutorThatRefusesWhatItHasRunTakesNoSecondPlace() {
        Bulkhead bulkhead = bulkhead(1, 0, 0);
        CompletableFuture<Object> ran = bulkhead.submit(each -> "ran", "", task -> {
            task.run();
            task.run();
            throw new RejectedExecutionException("too late");
        });
        assertThat(ran).isCompletedWithValue("ran");
        assertFree(bulkhead);
    }

    @Test
    void aStageOfACallWithoutAThreadKeepsItsPlace() {
        Bulkhead bulkhead = bulkhead(1, 0, 0);
        CompletableFuture<Object> inner = new CompletableFuture<>();
        CompletableFuture<Object> outer = bulkhead.submit(each -> inner, "", Runnable::run);
        assertThat(outer).isNotDone();
        assertThat(bulkhead.snapshot().callsInFlight()).isEqualTo(1);
        assertThat(bulkhead.submit(each -> "no", "", Runnable::run)).isCompletedExceptionally();
        inner.complete("fine");
        assertThat(outer).isCompletedWithValue("fine");
        assertFree(bulkhead);
    }

    @Test
    void anAsynchronousCallBeginsAtOnceOrWaitsWithoutAThread() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1, 0);
        CompletableFuture<Object> first = new CompletableFuture<>();
        assertThat((CompletableFuture<?>) bulkhead.runAsync(each -> first, "", Runnable::run))
                .isNotDone();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Object> second = new CompletableFuture<>();
        Object waits = bulkhead.runAsync(
                each -> {
                    begun.countDown();
                    Object stage = second;
                    return stage;
                },
                "",
                Runnable::run);
        assertThat(begun.getCount()).isEqualTo(1);
        first.complete("");
        assertThat(begun.getCount()).isZero();
        second.complete("second");
        assertThat((CompletableFuture<?>) waits).isCompletedWithValueMatching("second"::equals);
        assertFree(bulkhead);
    }
}
