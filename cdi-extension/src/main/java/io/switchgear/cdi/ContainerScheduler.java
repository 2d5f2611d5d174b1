// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Scheduler;
import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** A scheduler on the server's threads, with the application's naming, class loader and caller. */
final class ContainerScheduler implements Scheduler {
    private static final String EXECUTOR = "java:comp/DefaultManagedScheduledExecutorService";
    private static final String CONTEXTS = "java:comp/DefaultContextService";

    private static final long MAX_STEP_NANOS = 10_000_000_000L;

    private final ScheduledExecutorService executor;
    private final ContextService contexts;

    private ContainerScheduler(ScheduledExecutorService executor, ContextService contexts) {
        this.executor = executor;
        this.contexts = contexts;
    }

    /** Returns a scheduler on the server's executor, or that of the JDK if there is no such executor. */
    @SuppressWarnings("BanJNDI") // a constant name, in the container's own namespace
    static Scheduler findOrJdk() {
        try {
            InitialContext naming = new InitialContext();
            return new ContainerScheduler(
                    (ScheduledExecutorService) naming.lookup(EXECUTOR), (ContextService) naming.lookup(CONTEXTS));
        } catch (NamingException | ClassCastException noneHere) {
            return new JdkScheduler();
        }
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    /** Captures the present context, as a thread without it may complete a stage. */
    @Override
    public Executor currentContext() {
        return contexts.currentContextExecutor();
    }

    @Override
    public Executor threads() {
        return executor;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a task completes its own future
    public Executor delayed(long nanos) {
        return task -> executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Waits in steps: a server keeps a cancelled task, and with it the classes of an application that has ended, until
     * the task is due.
     */
    @Override
    public Runnable later(long nanos, Runnable task) {
        Wait wait = new Wait(nanos, task);
        wait.step();
        return () -> wait.task = null;
    }

    private final class Wait implements Runnable {
        private long left;
        private volatile Runnable task;

        Wait(long nanos, Runnable task) {
            this.left = nanos;
            this.task = task;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a task that fails has logged that itself
        void step() {
            long step = Math.min(left, MAX_STEP_NANOS);
            left -= step;
            executor.schedule(this, step, TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            Runnable due = task;
            if (due != null && left > 0) {
                step();
            } else if (due != null) {
                due.run();
            }
        }
    }
}
