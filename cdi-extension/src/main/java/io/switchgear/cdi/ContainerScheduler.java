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
}
