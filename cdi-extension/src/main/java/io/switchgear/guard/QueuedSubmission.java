// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import java.util.concurrent.CompletableFuture;

/**
 * An attempt on another thread that may wait for a place of a bulkhead. Whatever ends it takes it from the queue, or
 * stops the attempt, which keeps its place until it ends.
 */
final class QueuedSubmission extends CompletableFuture<Object> {
    private final Submission<?> submission;
    private final CompletableFuture<Object> queued;

    /** @param queued completes when the attempt has ended and left its place */
    QueuedSubmission(Submission<?> submission, CompletableFuture<Object> queued) {
        this.submission = submission;
        this.queued = queued;
        CompletableFuture<Object> unused = queued.whenComplete((value, thrown) -> {
            if (thrown == null) {
                super.complete(value);
            } else {
                super.completeExceptionally(thrown);
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return stopped(super.cancel(mayInterruptIfRunning), mayInterruptIfRunning);
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        return stopped(super.completeExceptionally(thrown), true);
    }

    private boolean stopped(boolean ended, boolean interrupts) {
        if (ended) {
            submission.cancel(interrupts);
            queued.cancel(interrupts);
        }
        return ended;
    }
}
