// SPDX-License-Identifier: Apache-2.0
package io.switchgear.event;

import io.switchgear.message.Message;
import io.switchgear.message.Text;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Delivers events in order to a receiver that may block. Threads that add events never wait for it, unless the executor
 * runs the delivery on their own. Memory is bounded: beyond a maximum of waiting events further ones are dropped, and
 * their number is logged.
 */
public class BoundedQueue<E> extends SerialDelivery<E> {
    private final String receiver;
    private final int maxWaiting;
    private final Executor threads;
    // created with the first event, as most queues never have any; guarded by this, like all fields below
    private Queue<E> waiting;
    private int dropped;
    private boolean refusalLogged;
    private boolean closed;

    /**
     * Creates an empty queue of a receiver that is the subject of all its events.
     *
     * @param receiver the name of the receiver, for the log
     * @param maxWaiting the maximum number of waiting events
     * @param threads provides the thread of a delivery
     */
    public BoundedQueue(String receiver, int maxWaiting, Executor threads) {
        this(event -> receiver, receiver, maxWaiting, threads);
    }

    /**
     * Creates an empty queue.
     *
     * @param subject returns the subject of an event, for the log
     */
    public BoundedQueue(Function<? super E, String> subject, String receiver, int maxWaiting, Executor threads) {
        super(subject);
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
        synchronized (this) {
            if (closed) {
                return;
            }
            if (waiting == null) {
                waiting = new ArrayDeque<>(0);
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
    public final synchronized void close() {
        closed = true;
        waiting = null;
    }

    @Override
    protected final synchronized boolean hasNext() {
        return waiting != null && !waiting.isEmpty();
    }

    @Override
    protected final synchronized E next() {
        return waiting == null ? null : waiting.poll();
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

    private synchronized boolean isFirstRefusal() {
        boolean first = !closed && !refusalLogged;
        refusalLogged = true;
        return first;
    }

    @Override
    protected final void drained() {
        int missed;
        synchronized (this) {
            missed = dropped;
            dropped = 0;
        }
        if (missed > 0) {
            Message.OBSERVER_CAUGHT_UP.log(receiver, Text.count(missed, "event"));
        }
    }
}
