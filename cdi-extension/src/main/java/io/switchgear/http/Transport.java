package io.switchgear.http;

import io.switchgear.time.Ticker;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What carries requests: the JDK's client, threads and time.
 *
 * @param executor runs what callers hooked to their futures, so that it holds up neither timer nor breaker
 */
record Transport(
        HttpClient http, Executor executor, ScheduledExecutorService scheduler, InstantSource clock, Ticker ticker) {

    /** Whether requests go out as they are: nothing in the client adds cookies or passwords to them. */
    boolean anonymous() {
        return http.cookieHandler().isEmpty() && http.authenticator().isEmpty();
    }

    /** On a thread of the executor; here, if that takes nothing any more. */
    void run(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException shutDown) {
            work.run();
        }
    }

    /**
     * On a thread of the client's executor, as the JDK completes what it answers on the common pool, or, where there
     * are one or two processors, on a new thread each. Here, if the client has no executor: timers are not to wait for
     * what callers do with responses.
     */
    void handOver(Runnable work) {
        if (http.executor().isPresent()) {
            run(work);
        } else {
            work.run();
        }
    }

    /**
     * Does {@code work} on a thread of the executor after this time.
     *
     * @return calls it off
     * @throws RejectedExecutionException if the scheduler is shut down
     */
    Runnable after(long nanos, Runnable work) {
        // some schedulers keep what was called off until its time has come: they are to keep this, not a response
        AtomicReference<Runnable> waiting = new AtomicReference<>(work);
        ScheduledFuture<?> timer = scheduler.schedule(
                () -> {
                    Runnable due = waiting.getAndSet(null);
                    if (due != null) {
                        run(due);
                    }
                },
                nanos,
                TimeUnit.NANOSECONDS);
        return () -> {
            waiting.set(null);
            timer.cancel(false);
        };
    }
}
