// SPDX-License-Identifier: Apache-2.0
package io.switchgear.time;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A scheduler without a container: delays use the JDK's timer thread and common pool, tasks get a thread each. */
public final class JdkScheduler implements Scheduler {
    @Override
    public void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    /**
     * Returns an executor that starts a thread for each task. Intentional: it does not use the common pool, which has
     * one thread less than there are processors. A few tasks that block would starve all other users of that pool.
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
        return task -> withoutLoader(() ->
                CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(task));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the task handles its own exceptions
    public Runnable later(long nanos, Runnable task) {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        timer.thenRunAsync(task, threads());
        withoutLoader(() -> timer.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS));
        // unlike a delayed executor, this removes the task from the JDK's timer
        return () -> timer.cancel(false);
    }

    /** The very first task starts the JDK's timer thread, which would inherit and keep the class loader. */
    private static void withoutLoader(Runnable start) {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            start.run();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }
}
