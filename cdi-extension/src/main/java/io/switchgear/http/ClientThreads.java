package io.switchgear.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for a client that is given none. They end by themselves when there was nothing to do for a few seconds, so
 * that nothing of an undeployed application stays behind.
 */
final class ClientThreads {
    private static final long IDLE_SECONDS = 5;

    private ClientThreads() {}

    /**
     * As many as there is work for. Intentional: nobody shuts it down, since the JDK's client would lose track of
     * connections that are about to close.
     */
    static Executor executor() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("worker"));
    }

    /** One, for time-outs and delays; it hands their work to the executor. */
    static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, named("timer"));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }

    private static ThreadFactory named(String what) {
        AtomicInteger number = new AtomicInteger();
        // not that of whoever happens to cause a new thread: handlers of the application look for its classes in it
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return work -> {
            Thread thread =
                    new Thread(null, work, "switchgear-http-" + what + "-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }
}
