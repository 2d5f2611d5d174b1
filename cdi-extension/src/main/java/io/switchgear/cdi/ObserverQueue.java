// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.event.SerialDelivery;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Delivers events to observer methods on an executor, in order. Threads that add events never wait, and memory is
 * bounded: beyond {@value #MAX_WAITING} waiting events further ones are dropped, and their number is logged.
 */
final class ObserverQueue extends SerialDelivery<Object> {
    private static final int MAX_WAITING = 10_000;

    private final String observer;
    private final Executor threads;
    private final Executor context;
    private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private volatile boolean refusalLogged;
    private volatile boolean closed;

    /**
     * Creates an empty queue.
     *
     * @param observer the name of the observer, for the log
     * @param delivery calls the observer; what it throws is logged
     * @param threads provides the thread of a delivery
     * @param context provides the container's context on that thread
     */
    ObserverQueue(String observer, Consumer<Object> delivery, Executor threads, Executor context) {
        super(event -> observer);
        this.observer = observer;
        this.threads = threads;
        this.context = context;
        add(delivery);
    }

    /** Adds an event and starts its delivery. Drops it if too many events wait, or after {@link #close}. */
    void enqueue(Object event) {
        if (closed) {
            return;
        }
        if (length.incrementAndGet() > MAX_WAITING) {
            length.decrementAndGet();
            if (dropped.getAndIncrement() == 0) {
                Message.OBSERVER_BEHIND.log(observer, MAX_WAITING);
            }
            return;
        }
        waiting.add(event);
        deliver();
    }

    /** Stops the delivery, as the application ends. */
    void close() {
        closed = true;
    }

    @Override
    protected boolean hasNext() {
        return !closed && !waiting.isEmpty();
    }

    @Override
    protected Object next() {
        Object next = closed ? null : waiting.poll();
        if (next != null) {
            length.decrementAndGet();
        }
        return next;
    }

    @Override
    protected void start(Runnable delivery) {
        handOver(threads, () -> handOver(context, delivery));
    }

    /** Leaves the events to the next delivery if the executor refuses this one. */
    private void handOver(Executor to, Runnable task) {
        try {
            to.execute(task);
        } catch (RuntimeException | Error refused) {
            abandon();
            if (!closed && !refusalLogged) {
                refusalLogged = true;
                Message.OBSERVER_NOT_NOTIFIED.log(refused, observer);
            }
        }
    }

    @Override
    protected void drained() {
        int missed = dropped.getAndSet(0);
        if (missed > 0) {
            Message.OBSERVER_CAUGHT_UP.log(observer, Text.count(missed, "event"));
        }
    }
}
