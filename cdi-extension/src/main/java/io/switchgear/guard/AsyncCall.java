package io.switchgear.guard;

import io.switchgear.breaker.Invocation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * The attempts of one call that answers a stage, and the stage that its caller gets. No thread is held between them.
 * Whoever completes or cancels this ends the call, and cancels the attempt that is running.
 */
final class AsyncCall<C> extends CompletableFuture<Object> {
    private final GuardPipeline<C> layers;
    private final Invocation<? super C, ?> invocation;
    private final C context;
    // one attempt follows the other, each begun by what ended the one before
    private long started;
    private int attempt = 1;
    private LastGoodValues.Key key;
    private Executor surroundings = Runnable::run;
    private volatile CompletionStage<?> running;

    AsyncCall(GuardPipeline<C> layers, Invocation<? super C, ?> invocation, C context) {
        this.layers = layers;
        this.invocation = invocation;
        this.context = context;
    }

    AsyncCall<C> started() {
        key = layers.key(context);
        started = layers.begin();
        if (layers.delay() != null) {
            surroundings = layers.delay().here();
        }
        CompletionStage<Object> result = this;
        result.whenComplete((value, thrown) -> cancelRunning());
        attempt();
        return this;
    }

    private void attempt() {
        CompletionStage<?> stage;
        try {
            stage = (CompletionStage<?>) layers.attempt(invocation, context);
        } catch (Throwable thrown) {
            attempted(null, thrown);
            return;
        }
        if (stage == null) {
            attempted(null, null);
            return;
        }
        running = stage;
        if (isDone()) {
            cancelRunning();
        }
        stage.whenComplete((value, thrown) -> attempted(value, cause(thrown)));
    }

    private void cancelRunning() {
        if (running instanceof Future<?> future) {
            try {
                future.cancel(true);
            } catch (UnsupportedOperationException readOnly) {
                // a stage that nobody may complete goes on; its outcome is of no interest here
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
            long wait = layers.wait(value, thrown, attempt, started);
            if (wait == Retry.NO) {
                ended(value, thrown);
                return;
            }
            again(value, thrown, wait);
        } catch (Throwable another) {
            if (thrown != null && thrown != another) {
                another.addSuppressed(thrown);
            }
            completeExceptionally(another);
        }
    }

    private void again(Object value, Throwable thrown, long wait) throws Exception {
        try {
            // also where there is nothing to wait for: the thread here is that of whoever completed the stage
            layers.delay().after(wait).execute(() -> surroundings.execute(this::attemptUnlessDone));
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
            layers.succeeded(key, value);
            complete(value);
            return;
        }
        Object kept = layers.kept(key, thrown);
        if (kept != Recovery.NOTHING) {
            complete(kept);
            return;
        }
        Object recovered = layers.recovered(context, thrown, attempt);
        if (recovered == Recovery.NOTHING) {
            completeExceptionally(thrown);
        } else if (recovered instanceof CompletionStage<?> stage) {
            running = stage;
            if (isDone()) {
                cancelRunning();
            }
            stage.whenComplete((substitute, another) -> recovered(substitute, cause(another), thrown));
        } else {
            layers.recovered(thrown, null);
            complete(recovered);
        }
    }

    private void recovered(Object substitute, Throwable another, Throwable thrown) {
        layers.recovered(thrown, another);
        if (another == null) {
            complete(substitute);
        } else {
            completeExceptionally(another);
        }
    }
}
