// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchgear.FailureRule;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.breaker.Invocation;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.time.ManualTimer;
import io.switchgear.time.TestTime;
import io.switchgear.time.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A caller that sees the end of a call finds its place in the bulkhead free, and its place in the queue too. */
@SuppressWarnings("FutureReturnValueIgnored") // what matters of a future is looked at
class PlacesAreFreeFirstTest {
    private final TestTime time = new TestTime();
    private final ManualTimer timer = new ManualTimer(time);
    private final Bulkhead bulkhead = BulkheadTest.bulkhead(time, 1, 1, 0);
    private final TimeLimit limit = new TimeLimit(
            "orders", TimeLimitSettings.defaults(), TimeLimitExceededException::new, new Time(time, time, timer));
    private final List<Integer> taken = new ArrayList<>();

    private void look() {
        taken.add(bulkhead.snapshot().callsInFlight() + bulkhead.snapshot().waitingCalls());
    }

    @SuppressWarnings("unchecked")
    private static CompletableFuture<Object> future(Object result) {
        return (CompletableFuture<Object>) result;
    }

    private CompletableFuture<Object> call(GuardLayers<Object> layers, Invocation<String, ?> action) throws Exception {
        CompletableFuture<Object> result =
                future(new GuardPipeline<String>(CompletionStage.class, layers.with(bulkhead)).call(action, "context"));
        result.whenComplete((value, thrown) -> look());
        return result;
    }

    private GuardLayers<Object> none() {
        return GuardLayers.on(timer);
    }

    private GuardLayers<Object> retrying() {
        RetrySettings settings =
                RetrySettings.defaults().with(Map.of(Setting.JITTER_PERCENT, 0, Setting.DELAY_MILLIS, 0L));
        return none().with(new Retry("orders", settings, FailureRule.ANY, time, time, () -> 0));
    }

    @Test
    void theValueComesAfterThePlace() throws Exception {
        for (GuardLayers<Object> layers : List.of(none(), none().with(limit), retrying())) {
            CompletableFuture<Object> stage = new CompletableFuture<>();
            CompletableFuture<Object> result = call(layers, context -> stage);
            stage.complete("fine");
            assertThat(result).isCompletedWithValue("fine");
        }
        assertThat(taken).containsExactly(0, 0, 0);
    }

    @Test
    void theExceptionComesAfterThePlaceAndIsNotWrappedTwice() throws Exception {
        IOException down = new IOException("down");
        for (GuardLayers<Object> layers : List.of(none(), none().with(limit))) {
            CompletableFuture<Object> stage = new CompletableFuture<>();
            CompletableFuture<Object> result = call(layers, context -> stage);
            stage.completeExceptionally(down);
            assertThat(catchThrowable(result::get)).hasCause(down);
        }
        assertThat(taken).containsExactly(0, 0);
    }

    @Test
    void aRepetitionFindsThePlaceOfTheAttemptBeforeItFree() throws Exception {
        List<CompletableFuture<Object>> attempts = new ArrayList<>();
        CompletableFuture<Object> result = call(retrying(), context -> {
            look();
            CompletableFuture<Object> stage = new CompletableFuture<>();
            attempts.add(stage);
            return stage;
        });
        attempts.get(0).completeExceptionally(new IOException("down"));
        timer.advanceMillis(1_000);
        timer.runStarted();
        attempts.get(1).complete("fine");
        assertThat(result).isCompletedWithValue("fine");
        assertThat(taken).as("its own place, in each attempt").containsExactly(1, 1, 0);
    }

    @Test
    void aCallThatExceedsItsLimitInTheQueueHasLeftIt() throws Exception {
        CompletableFuture<Object> running = BulkheadTest.occupy(bulkhead);
        CompletableFuture<Object> waits = call(none().with(limit), context -> "not run");
        timer.advanceMillis(1_000);
        timer.runStarted();
        assertThat(catchThrowable(waits::join)).hasCauseInstanceOf(TimeLimitExceededException.class);
        assertThat(taken).as("the running call").containsExactly(1);
        running.complete("");
        BulkheadTest.assertFree(bulkhead);
    }

    @Test
    void aCallThatIsCancelledInTheQueueHasLeftIt() throws Exception {
        CompletableFuture<Object> running = BulkheadTest.occupy(bulkhead);
        for (GuardLayers<Object> layers : List.of(none(), none().with(limit), retrying())) {
            call(layers, context -> "not run").cancel(true);
            call(layers, context -> "not run").completeExceptionally(new IOException("enough"));
            call(layers, context -> "not run").complete("instead");
            call(layers, context -> "not run")
                    .completeOnTimeout("late", 0, TimeUnit.MILLISECONDS)
                    .join();
        }
        assertThat(taken).as("the running call").hasSize(12).containsOnly(1);
        running.complete("");
        BulkheadTest.assertFree(bulkhead);
    }

    @Test
    void aCallThatIsCompletedByATaskLeavesTheQueueToo() throws Exception {
        CompletableFuture<Object> running = BulkheadTest.occupy(bulkhead);
        CompletableFuture<Object> waits = call(none(), context -> "not run");
        waits.completeAsync(() -> "instead", Runnable::run);
        assertThat(bulkhead.snapshot().waitingCalls()).isZero();
        running.complete("");
        BulkheadTest.assertFree(bulkhead);
    }

    @Test
    void aFutureOfAnotherThreadIsCancelledAfterItHasLeftTheQueue() throws Exception {
        CompletableFuture<Object> running = BulkheadTest.occupy(bulkhead);
        Offload offload = new Offload(() -> Runnable::run, bulkhead, true);
        CompletableFuture<Object> waits = future(new GuardPipeline<String>(
                        CompletionStage.class, none().with(limit).with(offload))
                .call(context -> CompletableFuture.completedFuture("not run"), "context"));
        waits.whenComplete((value, thrown) -> look());
        timer.advanceMillis(1_000);
        timer.runStarted();
        assertThat(waits).isCompletedExceptionally();
        assertThat(taken).as("the running call").containsExactly(1);
        running.complete("");
        BulkheadTest.assertFree(bulkhead);
    }

    @Test
    void endingTheStageEndsThatOfTheMethod() throws Exception {
        CompletableFuture<Object> cancelled = new CompletableFuture<>();
        assertThat(call(none(), context -> cancelled).cancel(true)).isTrue();
        assertThat(cancelled).isCancelled();
        IOException enough = new IOException("enough");
        CompletableFuture<Object> failed = new CompletableFuture<>();
        call(none(), context -> failed).completeExceptionally(enough);
        assertThat(catchThrowable(failed::get)).hasCause(enough);
        CompletableFuture<Object> replaced = new CompletableFuture<>();
        assertThat(call(none(), context -> replaced).complete("instead")).isTrue();
        assertThat(catchThrowable(replaced::get)).isInstanceOf(CancellationException.class);
        BulkheadTest.assertFree(bulkhead);
        Future<Object> readOnly = call(none(), context -> new CompletableFuture<>().minimalCompletionStage());
        assertThat(readOnly.cancel(true)).isTrue();
        assertThat(bulkhead.snapshot().callsInFlight()).as("as it goes on").isEqualTo(1);
    }
}
