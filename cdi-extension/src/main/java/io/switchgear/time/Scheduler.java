package io.switchgear.time;

import java.util.concurrent.Executor;

/** Waits, and runs tasks later or on other threads. */
public interface Scheduler {
    /** Blocks the calling thread for this time. */
    void pause(long nanos) throws InterruptedException;

    /** Returns an executor that runs tasks at once, with the context of the calling thread as a container knows it. */
    default Executor currentContext() {
        return Runnable::run;
    }

    /** Returns an executor that runs each task on a thread of its own, so that a task that blocks delays no other. */
    Executor threads();

    /**
     * Returns an executor that runs tasks after this time and holds no thread meanwhile. Its {@code execute} throws
     * {@link java.util.concurrent.RejectedExecutionException} if it runs no tasks any more.
     */
    Executor delayed(long nanos);
}
