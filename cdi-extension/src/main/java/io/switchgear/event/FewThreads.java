// SPDX-License-Identifier: Apache-2.0
package io.switchgear.event;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Runs deliveries to receivers outside of the application, on at most {@value #MAX_THREADS} threads at a time. A
 * receiver that blocks keeps one of them; the others go on. A thread ends when no delivery is left.
 */
public final class FewThreads implements Executor, AutoCloseable {
    static final int MAX_THREADS = 8;
    static final long PATIENCE_NANOS = 5_000_000_000L;

    private final Executor threads;
    private final LongSupplier nanos;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    // since when each thread has been at its present delivery
    private final Map<Thread, Long> busy = new HashMap<>();
    private int started;
    private boolean closed;

    /** @param threads provides a separate thread for each task */
    public FewThreads(Executor threads) {
        this(threads, System::nanoTime);
    }

    FewThreads(Executor threads, LongSupplier nanos) {
        this.threads = threads;
        this.nanos = nanos;
    }

    @Override
    public void execute(Runnable delivery) {
        synchronized (this) {
            if (closed) {
                return;
            }
            waiting.add(delivery);
            if (started == MAX_THREADS) {
                return;
            }
            started++;
        }
        try {
            threads.execute(this::work);
        } catch (RuntimeException | Error refused) {
            if (isGivenUp(delivery)) {
                throw refused;
            }
        }
    }

    /** Returns whether a delivery that got no thread has not been run by another thread meanwhile. */
    private synchronized boolean isGivenUp(Runnable delivery) {
        started--;
        return waiting.remove(delivery);
    }

    private void work() {
        boolean done = false;
        try {
            for (Runnable delivery = next(); delivery != null; delivery = next()) {
                delivery.run();
            }
            done = true;
        } finally {
            if (!done) {
                ended();
            }
        }
    }

    private synchronized void ended() {
        busy.remove(Thread.currentThread());
        started--;
    }

    private synchronized Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            ended();
        } else {
            busy.put(Thread.currentThread(), nanos.getAsLong());
        }
        return next;
    }

    /**
     * Drops the deliveries that wait. Interrupts those that have taken more than five seconds, as the thread of a
     * receiver that blocks would keep the classes of an undeployed application.
     */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        busy.forEach((thread, since) -> {
            if (nanos.getAsLong() - since > PATIENCE_NANOS) {
                thread.interrupt();
            }
        });
    }
}
