package io.switchgear.cdi;

import io.switchgear.guard.JdkScheduler;
import io.switchgear.guard.Scheduler;
import jakarta.enterprise.concurrent.ContextService;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** By the server's threads, as a part of the application: with its naming, class loader and caller. */
final class ContainerScheduler implements Scheduler {
    private static final String EXECUTOR = "java:comp/DefaultManagedScheduledExecutorService";
    private static final String CONTEXTS = "java:comp/DefaultContextService";

    private final ScheduledExecutorService executor;
    private final ContextService contexts;

    private ContainerScheduler(ScheduledExecutorService executor, ContextService contexts) {
        this.executor = executor;
        this.contexts = contexts;
    }

    /** That of the server, if it can be had here. */
    @SuppressWarnings("BanJNDI") // a constant name, in the container's own namespace
    static Scheduler orJdks() {
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

    /** A stage is completed by any thread, which need not know the application. */
    @Override
    public Executor here() {
        return contexts.currentContextExecutor();
    }

    @Override
    public Executor threads() {
        return executor;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a task tells its own future how it ends
    public Executor after(long nanos) {
        return task -> executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
}
