// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.event.BoundedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Delivers events to observer methods on an executor, in order. Threads that add events never wait. */
final class ObserverQueue extends BoundedQueue<Object> {
    private static final int MAX_WAITING = 10_000;

    private final Executor context;

    /**
     * Creates an empty queue.
     *
     * @param observer the name of the observer, for the log
     * @param delivery calls the observer; what it throws is logged
     * @param threads provides the thread of a delivery
     * @param context provides the container's context on that thread
     */
    ObserverQueue(String observer, Consumer<Object> delivery, Executor threads, Executor context) {
        super(observer, MAX_WAITING, threads);
        this.context = context;
        add(delivery);
    }

    /** Adds an event and starts its delivery. */
    @Override
    public void enqueue(Object event) {
        super.enqueue(event);
        deliver();
    }

    @Override
    protected void start(Runnable delivery) {
        super.start(() -> handOver(context, delivery));
    }
}
