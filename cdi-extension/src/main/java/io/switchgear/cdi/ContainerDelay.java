package io.switchgear.cdi;

import io.switchgear.guard.Delay;
import io.switchgear.guard.JdkDelay;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** By the server's threads, which know the application's naming, class loader and caller. */
final class ContainerDelay implements Delay {
    private static final String EXECUTOR = "java:comp/DefaultManagedScheduledExecutorService";

    private final ScheduledExecutorService executor;

    private ContainerDelay(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /** That of the server, if it can be had here. */
    @SuppressWarnings("BanJNDI") // a constant name, in the container's own namespace
    static Delay orJdks() {
        try {
            return new ContainerDelay((ScheduledExecutorService) new InitialContext().lookup(EXECUTOR));
        } catch (NamingException | ClassCastException noneHere) {
            return new JdkDelay();
        }
    }

    @Override
    public void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a task tells its own future how it ends
    public Executor after(long nanos) {
        return task -> executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
}
