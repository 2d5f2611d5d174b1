// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.BulkheadFullException;
import io.switchgear.FailureRule;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.status.BulkheadSnapshot;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a bulkhead limits calls. */
@Timeout(60)
class BulkheadTest {
    private final TestTime time = new TestTime();

    private Bulkhead bulkhead(int places, int waiting, long maxWaitMillis) {
        return bulkhead(time, places, waiting, maxWaitMillis);
    }

    static Bulkhead bulkhead(TestTime time, int places, int waiting, long maxWaitMillis) {
        return new Bulkhead(
                "test",
                new BulkheadSettings(true, places, waiting, maxWaitMillis),
                BulkheadFullException::new,
                new Time(time, time, new JdkScheduler()));
    }

    static CompletableFuture<Object> occupy(Bulkhead bulkhead) throws Exception {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        assertThat(bulkhead.run(each -> stage, "")).isSameAs(stage);
        return stage;
    }

    static void assertFree(Bulkhead bulkhead) {
        BulkheadSnapshot now = bulkhead.snapshot();
        assertThat(now.callsInFlight()).isZero();
        assertThat(now.waitingCalls()).isZero();
        assertThat(now.longestWaitMillis()).isZero();
    }

    @Test
    void aListenerThatBlocksDelaysNoLaterChange() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1, 0);
        CompletableFuture<Object> running = occupy(bulkhead);
        CompletableFuture<Object> waits = bulkhead.submit(each -> "ran", "", Runnable::run);
        CountDownLatch blocks = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        bulkhead.listen(change -> {
            blocks.countDown();
            await().until(() -> goesOn.getCount() == 0);
        });
        Thread alice = new Thread(() -> bulkhead.by("alice").update(now -> now.maxWaitMillis(60_000)));
        alice.start();
        blocks.await();
        bulkhead.by("bob").update(now -> now.maxConcurrentCalls(2));
        assertThat(waits).isCompletedWithValue("ran");
        goesOn.countDown();
        alice.join();
        running.complete("");
        assertFree(bulkhead);
    }

    @Test
    void aLimitThatIsRaisedByConfigurationLetsWaitingCallsBegin() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1, 0);
        CompletableFuture<Object> running = occupy(bulkhead);
        CompletableFuture<Object> waits = bulkhead.submit(each -> "ran", "", Runnable::run);
        bulkhead.configure(bulkhead.settings().maxConcurrentCalls(2), "configuration");
        assertThat(waits).isCompletedWithValue("ran");
        running.complete("");
        assertFree(bulkhead);
    }

    @Test
    void aStageKeepsItsPlaceUntilItCompletes() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 0, 0);
        CompletableFuture<Object> stage = occupy(bulkhead);
        assertThatThrownBy(() -> bulkhead.run(each -> "no", ""))
                .isInstanceOf(BulkheadFullException.class)
                .hasMessage("the bulkhead test has no place for the call: maxConcurrentCalls is 1,"
                        + " maxWaitingCalls is 0")
                .hasNoCause()
                .satisfies(thrown -> assertThat(thrown.getStackTrace()).isEmpty());
        stage.complete("fine");
        assertThat(bulkhead.run(each -> "yes", "")).isEqualTo("yes");
        assertFree(bulkhead);
        assertThat(bulkhead.snapshot().admitted()).isEqualTo(2);
        assertThat(bulkhead.snapshot().rejected()).isEqualTo(1);
    }

    @Test
    void aCallThatThrowsGivesItsPlaceBack() {
        Bulkhead bulkhead = bulkhead(1, 0, 0);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> bulkhead.run(
                            each -> {
                                throw new AssertionError("broken");
                            },
                            ""))
                    .isInstanceOf(AssertionError.class);
        }
        assertFree(bulkhead);
    }

    @Test
    void aCallWithinACallTakesNoPlace() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 0, 0);
        assertThat(bulkhead.run(outer -> bulkhead.run(inner -> "fine", ""), "")).isEqualTo("fine");
        assertThat(bulkhead.submit(outer -> bulkhead.run(inner -> "fine", ""), "", Runnable::run))
                .isCompletedWithValue("fine");
        assertFree(bulkhead);
    }

    @Test
    void aCallWaitsOnItsThread() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1, 0);
        CompletableFuture<Object> running = occupy(bulkhead);
        AtomicReference<Object> result = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                result.set(bulkhead.run(each -> "waited", ""));
            } catch (Exception thrown) {
                result.set(thrown);
            }
        });
        caller.start();
        await().until(() -> bulkhead.snapshot().waitingCalls() == 1);
        time.advanceMillis(25);
        assertThat(bulkhead.snapshot().longestWaitMillis()).isEqualTo(25);
        assertThatThrownBy(() -> bulkhead.run(each -> "no", "")).isInstanceOf(BulkheadFullException.class);
        running.complete("");
        caller.join();
        assertThat(result.get()).isEqualTo("waited");
        assertFree(bulkhead);
    }

    @Test
    void anInterruptedCallIsRejectedAsNeitherSuccessNorFailure() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1, 0);
        CompletableFuture<Object> running = occupy(bulkhead);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> bulkhead.run(each -> "no", ""))
                    .isInstanceOf(BulkheadFullException.class)
                    .hasMessageEndingWith("it was interrupted while it waited")
                    .satisfies(thrown ->
                            assertThat(FailureRule.ANY.ignores(thrown)).isTrue());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        running.complete("");
        assertFree(bulkhead);
    }

    @Test
    void aCallThatHasWaitedLongEnoughIsRejected() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 2, 20);
        var unused = occupy(bulkhead);
        CompletableFuture<Object> withoutThread = bulkhead.submit(each -> "no", "", Runnable::run);
        CompletableFuture<Object> onThread = CompletableFuture.supplyAsync(() -> {
            try {
                return bulkhead.run(each -> "no", "");
            } catch (Exception thrown) {
                return thrown;
            }
        });
        await().until(() -> bulkhead.snapshot().waitingCalls() == 2);
        time.advanceMillis(20);
        assertThat(onThread.get()).isInstanceOf(BulkheadFullException.class);
        assertThatThrownBy(withoutThread::get).hasCauseInstanceOf(BulkheadFullException.class);
        assertThat(bulkhead.snapshot().rejected()).isEqualTo(2);
        assertThat(bulkhead.snapshot().waitingCalls()).isZero();
    }

    @Test
    void aStageThatCompletesTwiceGivesOnePlaceBack() throws Exception {
        Bulkhead bulkhead = bulkhead(2, 0, 0);
        CompletableFuture<Object> twice = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Object> whenComplete(BiConsumer<? super Object, ? super Throwable> action) {
                action.accept("once", null);
                action.accept("twice", null);
                throw new IllegalStateException("broken");
            }
        };
        CompletableFuture<Object> other = occupy(bulkhead);
        assertThatThrownBy(() -> bulkhead.run(each -> twice, "")).hasMessage("broken");
        assertThat(bulkhead.submit(each -> twice, "", Runnable::run)).isDone();
        assertThat(bulkhead.snapshot().callsInFlight()).isEqualTo(1);
        other.complete("");
        assertFree(bulkhead);
    }

    @Test
    void aLimitThatIsRaisedBeginsCallsThatWait() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 5, 0);
        var unused = occupy(bulkhead);
        List<CompletableFuture<Object>> inner = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        inner.forEach(stage ->
                assertThat(bulkhead.submit(each -> stage, "", Runnable::run)).isNotDone());
        bulkhead.by("alice").update(settings -> settings.maxConcurrentCalls(2));
        assertThat(bulkhead.snapshot().callsInFlight()).isEqualTo(2);
        assertThat(bulkhead.snapshot().waitingCalls()).isEqualTo(1);
        bulkhead.by("alice").update(settings -> settings.maxConcurrentCalls(1));
        inner.get(0).complete("");
        assertThat(bulkhead.snapshot().waitingCalls()).isEqualTo(1);
        bulkhead.by("alice").update(settings -> settings.maxConcurrentCalls(5));
        assertThat(bulkhead.snapshot().waitingCalls()).isZero();
        assertThat(bulkhead.snapshot().callsInFlight()).isEqualTo(2);
    }

    @Test
    void rejectsWithTheExceptionThatItIsGiven() {
        Bulkhead bulkhead = new Bulkhead(
                "test",
                new BulkheadSettings(true, 1, 0, 0),
                (name, settings, interruption) -> new IllegalStateException(name, interruption),
                new Time(time, time, new JdkScheduler()));
        CompletableFuture<Object> inner = new CompletableFuture<>();
        assertThat(bulkhead.submit(each -> inner, "", Runnable::run)).isNotDone();
        assertThatThrownBy(() -> bulkhead.run(each -> "no", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("test");
    }
}
