// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.time.TestScheduler;
import io.switchgear.time.TestTime;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A fallback is the application's code, but any thread may complete the stage that failed. */
class FallbacksOfStagesTest {
    private final IOException down = new IOException("down");
    private final CompletableFuture<Object> attempt = new CompletableFuture<>();
    private boolean inContext;

    private final Executor context = task -> {
        inContext = true;
        try {
            task.run();
        } finally {
            inContext = false;
        }
    };

    @SuppressWarnings("unchecked")
    private CompletableFuture<Object> call(Executor callerContext, Recovery<String> recovery) throws Exception {
        TestScheduler scheduler = new TestScheduler(new TestTime()) {
            @Override
            public Executor currentContext() {
                return callerContext;
            }
        };
        GuardPipeline<String> pipeline = new GuardPipeline<>(
                CompletionStage.class,
                GuardLayers.on(scheduler)
                        .with(new Fallback<>(
                                "orders", FallbackSettings.defaults(), FailureRule.ANY, "test", recovery)));
        return (CompletableFuture<Object>) pipeline.call(each -> attempt, "context");
    }

    @Test
    void aFallbackRunsInTheContextOfTheCaller() throws Exception {
        CompletableFuture<Object> result = call(context, (call, failure, attempts) -> "in context: " + inContext);
        attempt.completeExceptionally(down);
        assertThat(result).isCompletedWithValue("in context: true");
    }

    /** With its transaction, for example, which the context that is captured does not have. */
    @Test
    void aFallbackOfACallThatFailsAtOnceRunsAsItsCallerDoes() throws Exception {
        attempt.completeExceptionally(down);
        assertThat(call(context, (call, failure, attempts) -> "in context: " + inContext))
                .isCompletedWithValue("in context: false");
    }

    @Test
    void aFallbackThatThrowsThereFailsTheCall() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken");
        CompletableFuture<Object> result = call(context, (call, failure, attempts) -> {
            throw broken;
        });
        attempt.completeExceptionally(down);
        assertThat(result.handle((value, thrown) -> thrown).join()).isSameAs(broken);
        assertThat(broken).hasSuppressedException(down);
    }

    @Test
    void aContextThatRefusesLeavesTheFailure() throws Exception {
        RejectedExecutionException refused = new RejectedExecutionException("the application has ended");
        CompletableFuture<Object> result = call(
                task -> {
                    throw refused;
                },
                (call, failure, attempts) -> "never");
        attempt.completeExceptionally(down);
        assertThat(result.handle((value, thrown) -> thrown).join()).isSameAs(down);
        assertThat(down).hasSuppressedException(refused);
    }
}
