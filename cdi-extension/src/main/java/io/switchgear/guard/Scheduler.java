package io.switchgear.guard;

import java.util.concurrent.Executor;

/** Lets time pass before a retry. */
public interface Scheduler {
    /** Holds the calling thread for so long. */
    void pause(long nanos) throws InterruptedException;

    /** Answers what runs tasks in the surroundings of the calling thread, as a container knows them. */
    default Executor here() {
        return Runnable::run;
    }

    /** Answers what has a thread for tasks that may take their time, so that others wait for no thread of theirs. */
    Executor threads();

    /**
     * Answers what runs tasks after so long, and holds no thread meanwhile.
     *
     * @throws java.util.concurrent.RejectedExecutionException by its {@code execute}, if nothing is run any more
     */
    Executor after(long nanos);
}
