// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.breaker.StageOutcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * The stage of an attempt that is running, or of a fallback.
 *
 * @param outcome {@code null} for that of a fallback
 */
record RunningStage(CompletionStage<?> stage, StageOutcome outcome) {
    /**
     * Calls {@code end} once: when the stage completes, or if it accepts no callback, or when the returned consumer is
     * called. Not every implementation of a stage completes once.
     */
    BiConsumer<Object, Throwable> onEnd(BiConsumer<Object, Throwable> end) {
        AtomicBoolean over = new AtomicBoolean();
        BiConsumer<Object, Throwable> once = (value, thrown) -> {
            if (over.compareAndSet(false, true)) {
                end.accept(value, thrown);
            }
        };
        try {
            stage.whenComplete(once);
        } catch (Throwable broken) {
            once.accept(null, broken);
        }
        return once;
    }

    /** Ends the attempt for the breaker, because its caller has ended the call. */
    void judge(Throwable thrown) {
        if (outcome != null && thrown != null) {
            outcome.accept(null, thrown);
        } else if (outcome != null) {
            // a value that the caller has set says nothing of the service
            outcome.ignore();
        }
    }

    /** Takes an attempt that has not begun from the queue. */
    void leaveQueue() {
        if (stage instanceof Queued queued) {
            queued.leaveQueue();
        }
    }

    /** Ends the stage, if it can be completed from outside. */
    void end(Throwable thrown, boolean interrupts) {
        try {
            if (thrown != null
                    && !(thrown instanceof CancellationException)
                    && stage instanceof CompletableFuture<?> future) {
                future.completeExceptionally(thrown);
            } else if (stage instanceof Future<?> future) {
                future.cancel(interrupts);
            }
        } catch (UnsupportedOperationException readOnly) {
            // a stage that cannot be completed from outside goes on; its outcome is ignored
        }
    }
}
