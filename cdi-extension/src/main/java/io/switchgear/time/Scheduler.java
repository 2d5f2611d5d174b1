// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** Pauses threads, and runs tasks later or on other threads. */
public interface Scheduler {
    /** Blocks the calling thread for {@code nanos} nanoseconds. */
    void pause(long nanos) throws InterruptedException;

    /** Returns an executor that runs tasks at once, with the container's context of the thread that called this. */
    default Executor currentContext() {
        return Runnable::run;
    }

    /** Returns an executor that runs each task on a separate thread, so that a task that blocks delays no other. */
    Executor threads();

    /**
     * Returns an executor that runs tasks after {@code nanos} nanoseconds and holds no thread meanwhile. Its
     * {@code execute} throws {@link java.util.concurrent.RejectedExecutionException} if it no longer runs tasks.
     */
    Executor delayed(long nanos);

    /**
     * Runs a task after {@code nanos} nanoseconds, on a thread that it may block.
     *
     * @return a handle; run it to cancel the task, after which nothing refers to it
     * @throws java.util.concurrent.RejectedExecutionException if this no longer runs tasks
     */
    default Runnable later(long nanos, Runnable task) {
        AtomicReference<Runnable> left = new AtomicReference<>(task);
        delayed(nanos).execute(() -> {
            Runnable due = left.getAndSet(null);
            if (due != null) {
                due.run();
            }
        });
        return () -> left.set(null);
    }
}
