package io.switchgear.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** By the JDK's own timer thread and common pool, which it has for all. */
public final class JdkScheduler implements Scheduler {
    @Override
    public void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    /**
     * A thread for each task, which ends with it. Intentional: not the common pool, which has a thread for each
     * processor but one; a few tasks that block would keep whoever else relies on it from going on.
     */
    @Override
    public Executor threads() {
        return task -> {
            Thread thread = new Thread(task, "switchgear-observers");
            thread.setDaemon(true);
            thread.start();
        };
    }

    @Override
    public Executor after(long nanos) {
        return task -> {
            // the timer thread begins with the first task ever, and would keep the class loader of that one's thread
            Thread thread = Thread.currentThread();
            ClassLoader loader = thread.getContextClassLoader();
            thread.setContextClassLoader(null);
            try {
                CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(task);
            } finally {
                thread.setContextClassLoader(loader);
            }
        };
    }
}
