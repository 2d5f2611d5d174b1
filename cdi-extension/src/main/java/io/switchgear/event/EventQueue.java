// SPDX-License-Identifier: Apache-2.0
package io.switchgear.event;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Delivers events in the order in which they were added, on a thread that calls {@link #deliver}. */
public final class EventQueue<E> extends SerialDelivery<E> {
    private final Queue<E> waiting = new ConcurrentLinkedQueue<>();

    /** @param subject returns the subject of an event, for the log */
    public EventQueue(Function<? super E, String> subject) {
        super(subject);
    }

    /** Adds an event to be delivered later. Call it under a lock to deliver in the order of that lock. */
    public void enqueue(E event) {
        waiting.add(event);
    }

    @Override
    protected boolean hasNext() {
        return !waiting.isEmpty();
    }

    @Override
    protected E next() {
        return waiting.poll();
    }
}
