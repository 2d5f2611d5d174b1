package io.switchgear.time;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Schedules on the timer thread and the common pool that the JDK has anyway. */
public final class JdkScheduler implements Scheduler {
    @Override
    public void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    /**
     * Starts a thread for each task. Intentional: not the common pool, which has one thread less than there are
     * processors; a few tasks that block would starve all other users of the pool.
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
    public Executor delayed(long nanos) {
        return task -> {
            // the first task of all starts the JDK's timer thread, which would keep the class loader set here
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
