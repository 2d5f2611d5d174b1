package io.switchgear.event;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Delivers events in the order in which they were added, on a thread that calls {@link #deliver}. */
public final class EventQueue<E> extends SerialDelivery<E> {
    private final Queue<E> waiting = new ConcurrentLinkedQueue<>();

    /** @param subject returns what an event is about, for the log */
    public EventQueue(Function<? super E, String> subject) {
        super(subject);
    }

    /** Adds an event to be delivered later. Callers under a lock make their order that of the lock. */
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
