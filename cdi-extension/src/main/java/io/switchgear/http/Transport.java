// SPDX-License-Identifier: Apache-2.0
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
 * The means of sending requests: the JDK's client, threads and clocks.
 *
 * @param client sends the requests
 * @param executor runs the callbacks on the futures of callers, so that these block neither timers nor breakers
 */
record Transport(
        RenewableClient client,
        Executor executor,
        ScheduledExecutorService scheduler,
        InstantSource clock,
        Ticker ticker) {

    HttpClient http() {
        return client.present();
    }

    /** Returns whether requests are sent unchanged: the client adds neither cookies nor passwords to them. */
    boolean anonymous() {
        return http().cookieHandler().isEmpty() && http().authenticator().isEmpty();
    }

    /** Runs {@code work} on a thread of the executor; on this thread, if that is shut down. */
    void run(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException shutDown) {
            work.run();
        }
    }

    /**
     * Runs {@code work} on a thread of the client's executor. The JDK itself completes its futures on the common pool,
     * or, with one or two processors, on a new thread each. If the client has no executor, {@code work} runs on this
     * thread: timers must not wait for the callbacks of callers.
     */
    void handOver(Runnable work) {
        if (http().executor().isPresent()) {
            run(work);
        } else {
            work.run();
        }
    }

    /**
     * Runs {@code work} on a thread of the executor after this time.
     *
     * @return a handle that cancels it
     * @throws RejectedExecutionException if the scheduler is shut down
     */
    Runnable after(long nanos, Runnable work) {
        // some schedulers keep a cancelled task until its time: they must keep an empty reference, not a response
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
