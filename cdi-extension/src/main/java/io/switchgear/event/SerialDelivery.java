package io.switchgear.event;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells of events in the order in which they were lined up, one at a time and outside any lock, on a thread of one of
 * those who call {@link #tell}.
 */
public final class SerialDelivery<E> {
    private final Queue<E> untold = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final Listeners<E> listeners;

    /** @param listeners are told */
    public SerialDelivery(Listeners<E> listeners) {
        this.listeners = listeners;
    }

    /** Lines one up; whoever calls this under a lock makes its order that of the lock. */
    public void add(E event) {
        untold.add(event);
    }

    /** Tells of what is lined up. Who finds somebody telling may go: that one looks again before it goes. */
    public void tell() {
        while (!untold.isEmpty() && telling.compareAndSet(false, true)) {
            try {
                for (E next = untold.poll(); next != null; next = untold.poll()) {
                    listeners.tell(next);
                }
            } finally {
                telling.set(false);
            }
        }
    }
}
