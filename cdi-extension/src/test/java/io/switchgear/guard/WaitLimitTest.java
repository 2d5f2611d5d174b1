// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static io.switchgear.guard.BulkheadTest.assertFree;
import static io.switchgear.guard.BulkheadTest.occupy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.BulkheadFullException;
import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.time.ManualTimer;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the wait of calls without a thread ends. */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class WaitLimitTest {
    private final TestTime time = new TestTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final BulkheadSettings settings = new BulkheadSettings(true, 1, 1_000_000, 1_500);
    private final Bulkhead bulkhead =
            new Bulkhead("orders", settings, BulkheadFullException::new, new Time(time, time, timer));

    private static CompletableFuture<Object> submit(Bulkhead to) {
        return to.submit(each -> "ran", "", Runnable::run);
    }

    @Test
    void aCallIsRejectedAtItsDeadlineAndNotBefore() throws Exception {
        CompletableFuture<Object> running = occupy(bulkhead);
        CompletableFuture<Object> first = submit(bulkhead);
        timer.advanceMillis(500);
        bulkhead.by("alice").update(now -> now.maxWaitMillis(200));
        CompletableFuture<Object> second = submit(bulkhead);
        timer.advanceMillis(199);
        assertThat(second).isNotDone();
        timer.advanceMillis(1);
        assertThat(second).isCompletedExceptionally();
        timer.advanceMillis(799);
        assertThat(first).isNotDone();
        timer.advanceMillis(1);
        assertThatThrownBy(first::get).hasCauseInstanceOf(BulkheadFullException.class);
        assertThat(bulkhead.snapshot().rejected()).isEqualTo(2);
        running.complete("");
        assertFree(bulkhead);
    }

    @Test
    void manyCallsHaveOneWakeUpAndAnIdleQueueHasNone() throws Exception {
        CompletableFuture<Object> running = occupy(bulkhead);
        List<CompletableFuture<Object>> waiting =
                IntStream.range(0, 10_000).mapToObj(i -> submit(bulkhead)).toList();
        assertThat(timer.waiting()).isEqualTo(1);
        running.complete("");
        assertThat(waiting).allMatch(each -> "ran".equals(each.getNow("waits")));
        timer.advanceMillis(1_000);
        assertThat(timer.waiting()).as("no call waits").isZero();
        submit(bulkhead);
        assertThat(timer.waiting()).as("a call that need not wait").isZero();
        assertFree(bulkhead);
    }

    @Test
    void aSchedulerThatRefusesIsReplacedByTheJdksAndLoggedOnce() throws Exception {
        Bulkhead real = new Bulkhead("orders", settings.maxWaitMillis(20), Time.SYSTEM.with(timer));
        CompletableFuture<Object> running = occupy(real);
        timer.refuses = true;
        try (RecordedLog log = new RecordedLog()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(submit(real)::get).hasCauseInstanceOf(BulkheadFullException.class);
            }
            assertThat(log.lines()).filteredOn(line -> line.contains("SGR0051")).hasSize(1);
        }
        running.complete("");
        assertFree(real);
    }

    @Test
    void aCallbackThatBlocksDelaysNoOtherRejection() throws Exception {
        CompletableFuture<Object> running = occupy(bulkhead);
        CompletableFuture<Object> slow = submit(bulkhead);
        CompletableFuture<Object> order = slow.handle((value, thrown) -> {
            timer.advanceMillis(500);
            return "the other one was " + (bulkhead.snapshot().waitingCalls() == 0 ? "rejected" : "waiting");
        });
        timer.advanceMillis(400);
        submit(bulkhead);
        timer.advanceMillis(1_100);
        assertThat(order).isCompletedWithValue("the other one was rejected");
        running.complete("");
        assertFree(bulkhead);
    }
}
