// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import java.util.concurrent.CompletableFuture;

/**
 * An attempt on another thread that may wait for a place of a bulkhead. Whatever ends it takes it from the queue, or
 * stops the attempt, which keeps its place until it ends.
 */
final class QueuedSubmission extends CompletableFuture<Object> implements Queued {
    private final Submission<?> submission;
    private final QueuedCall.Result queued;

    /** @param queued completes when the attempt has ended and left its place */
    QueuedSubmission(Submission<?> submission, QueuedCall.Result queued) {
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
    public void leaveQueue() {
        queued.leaveQueue();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        leaveQueue();
        return stopped(super.cancel(mayInterruptIfRunning), mayInterruptIfRunning);
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        leaveQueue();
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
