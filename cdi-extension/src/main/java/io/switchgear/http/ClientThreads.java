// SPDX-License-Identifier: Apache-2.0
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
 * Threads for a client whose caller supplies none. They end after a few idle seconds, so that nothing of an undeployed
 * application stays behind.
 */
final class ClientThreads {
    private static final long IDLE_SECONDS = 5;

    private ClientThreads() {}

    /**
     * Creates an executor with as many threads as there is work for. Intentional: it is never shut down, since the
     * JDK's client would lose track of connections that are about to close.
     */
    static Executor executor() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                threadFactory("worker"));
    }

    /** Creates a scheduler with one thread, for time-outs and delays. It hands their work to the executor. */
    static ScheduledExecutorService scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, threadFactory("timer"));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }

    private static ThreadFactory threadFactory(String role) {
        AtomicInteger number = new AtomicInteger();
        // not that of the thread that happens to start a new one: handlers of the application load classes through it
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return work -> {
            Thread thread =
                    new Thread(null, work, "switchgear-http-" + role + "-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }
}
