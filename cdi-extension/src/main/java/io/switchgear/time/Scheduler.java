// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

import java.util.concurrent.Executor;

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
}
