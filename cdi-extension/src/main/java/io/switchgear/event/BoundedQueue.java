// SPDX-License-Identifier: Apache-2.0
package io.switchgear.event;

import io.switchgear.message.Message;
import io.switchgear.message.Text;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Delivers events in order to a receiver that may block. Threads that add events never wait for it, unless the executor
 * runs the delivery on their own. Memory is bounded: beyond a maximum of waiting events further ones are dropped, and
 * their number is logged.
 */
public class BoundedQueue<E> extends SerialDelivery<E> {
    private final String receiver;
    private final int maxWaiting;
    private final Executor threads;
    // also the lock of all fields below
    private final Queue<E> waiting = new ArrayDeque<>(0);
    private int dropped;
    private boolean refusalLogged;
    private boolean closed;

    /**
     * Creates an empty queue.
     *
     * @param receiver the name of the receiver, for the log
     * @param maxWaiting the maximum number of waiting events
     * @param threads provides the thread of a delivery
     */
    public BoundedQueue(String receiver, int maxWaiting, Executor threads) {
        super(event -> receiver);
        this.receiver = receiver;
        this.maxWaiting = maxWaiting;
        this.threads = threads;
    }

    /**
     * Adds an event; {@link #deliver} delivers it. Drops it if too many events wait, or after {@link #close}. Call it
     * under a lock to deliver in the order of that lock.
     */
    public void enqueue(E event) {
        boolean first;
        synchronized (waiting) {
            if (closed) {
                return;
            }
            if (waiting.size() < maxWaiting) {
                waiting.add(event);
                return;
            }
            first = dropped++ == 0;
        }
        dropped();
        if (first) {
            Message.OBSERVER_BEHIND.log(receiver, maxWaiting);
        }
    }

    /** Called for each event that is dropped because too many wait. */
    protected void dropped() {
        // optional
    }

    /** Drops the events that wait, and all further ones. A delivery that has begun goes on. */
    public final void close() {
        synchronized (waiting) {
            closed = true;
            waiting.clear();
        }
    }

    @Override
    protected final boolean hasNext() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    @Override
    protected final E next() {
        synchronized (waiting) {
            return waiting.poll();
        }
    }

    @Override
    protected void start(Runnable delivery) {
        threads.execute(delivery);
    }

    @Override
    protected final void refused(Throwable why) {
        if (isFirstRefusal()) {
            Message.OBSERVER_NOT_NOTIFIED.log(why, receiver);
        }
    }

    private boolean isFirstRefusal() {
        synchronized (waiting) {
            boolean first = !closed && !refusalLogged;
            refusalLogged = true;
            return first;
        }
    }

    @Override
    protected final void drained() {
        int missed;
        synchronized (waiting) {
            missed = dropped;
            dropped = 0;
        }
        if (missed > 0) {
            Message.OBSERVER_CAUGHT_UP.log(receiver, Text.count(missed, "event"));
        }
    }
}
