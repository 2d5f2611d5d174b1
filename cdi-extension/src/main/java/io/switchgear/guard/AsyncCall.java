// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.Invocation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * A call that returns a stage: its attempts, and the stage that its caller gets. No thread is held between attempts.
 * Completing or cancelling this stage ends the call and cancels the running attempt.
 */
final class AsyncCall<C> extends CompletableFuture<Object> {
    private final GuardPipeline<C> pipeline;
    private final Invocation<? super C, ?> invocation;
    private final C context;
    // not volatile: attempts run one after the other, each started by the end of the previous one
    private long started;
    private int attempt = 1;
    private LastGoodValues.Key key;
    private Executor callerContext = Runnable::run;
    private volatile CompletionStage<?> running;

    AsyncCall(GuardPipeline<C> pipeline, Invocation<? super C, ?> invocation, C context) {
        this.pipeline = pipeline;
        this.invocation = invocation;
        this.context = context;
    }

    AsyncCall<C> started() {
        key = pipeline.key(context);
        started = pipeline.begin();
        if (pipeline.scheduler() != null) {
            callerContext = pipeline.scheduler().currentContext();
        }
        CompletionStage<Object> result = this;
        result.whenComplete((value, thrown) -> cancelRunning());
        attempt();
        return this;
    }

    private void attempt() {
        CompletionStage<?> stage;
        try {
            stage = (CompletionStage<?>) pipeline.attempt(invocation, context);
        } catch (Throwable thrown) {
            pipeline.undo(thrown);
            attempted(null, thrown);
            return;
        }
        if (stage == null) {
            attempted(null, null);
            return;
        }
        run(stage);
        stage.whenComplete((value, thrown) -> attempted(value, cause(thrown)));
    }

    private void run(CompletionStage<?> stage) {
        running = stage;
        if (isDone()) {
            cancelRunning();
        }
    }

    private void cancelRunning() {
        if (running instanceof Future<?> future) {
            try {
                future.cancel(true);
            } catch (UnsupportedOperationException readOnly) {
                // a stage that cannot be completed from outside goes on; its outcome is ignored
            }
        }
    }

    private static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private void attempted(Object value, Throwable thrown) {
        if (isDone()) {
            return;
        }
        try {
            long wait = pipeline.waitNanos(value, thrown, attempt, started);
            if (wait == Retry.NO) {
                ended(value, thrown);
                return;
            }
            scheduleNext(value, thrown, wait);
        } catch (Throwable another) {
            if (thrown != null && thrown != another) {
                another.addSuppressed(thrown);
            }
            completeExceptionally(another);
        }
    }

    private void scheduleNext(Object value, Throwable thrown, long wait) throws Exception {
        try {
            // also without a wait, as this thread may belong to any code that completed the stage
            pipeline.scheduler().delayed(wait).execute(() -> callerContext.execute(this::attemptUnlessDone));
        } catch (RejectedExecutionException stopping) {
            if (thrown != null) {
                thrown.addSuppressed(stopping);
            }
            ended(value, thrown);
        }
    }

    private void attemptUnlessDone() {
        if (!isDone()) {
            attempt++;
            attempt();
        }
    }

    private void ended(Object value, Throwable thrown) throws Exception {
        if (thrown == null) {
            pipeline.succeeded(key, value);
            complete(value);
            return;
        }
        Object lastGood = pipeline.lastGood(key, thrown);
        if (lastGood != Recovery.NOTHING) {
            complete(lastGood);
            return;
        }
        Object substitute = pipeline.recover(context, thrown, attempt);
        if (substitute == Recovery.NOTHING) {
            completeExceptionally(thrown);
        } else if (substitute instanceof CompletionStage<?> stage) {
            run(stage);
            stage.whenComplete((result, another) -> recovered(result, cause(another), thrown));
        } else {
            pipeline.recovered(thrown, null);
            complete(substitute);
        }
    }

    private void recovered(Object substitute, Throwable another, Throwable thrown) {
        pipeline.recovered(thrown, another);
        if (another == null) {
            complete(substitute);
        } else {
            completeExceptionally(another);
        }
    }
}
