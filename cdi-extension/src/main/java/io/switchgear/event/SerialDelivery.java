package io.switchgear.event;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;

/**
 * Delivers events to listeners in order, one at a time and outside any lock. Any thread may ask for a delivery; one of
 * them makes it, and delivers also what arrives meanwhile.
 */
public abstract class SerialDelivery<E> extends Listeners<E> {
    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<SerialDelivery> DELIVERING =
            AtomicIntegerFieldUpdater.newUpdater(SerialDelivery.class, "delivering");

    // 1 while a thread delivers, or is about to
    private volatile int delivering;

    /** @param subject returns what an event is about, for the log */
    protected SerialDelivery(Function<? super E, String> subject) {
        super(subject);
    }

    /** Returns whether an event waits for its delivery. Called by any thread. */
    protected abstract boolean hasNext();

    /** Takes the next event; {@code null} if none waits. Called by one thread at a time. */
    protected abstract E next();

    /** Runs {@code delivery}; at once on this thread, unless overridden. */
    protected void start(Runnable delivery) {
        delivery.run();
    }

    /** Called by the delivering thread when no event waits any more. */
    protected void drained() {
        // most have nothing to add
    }

    /**
     * Delivers the events that wait. If another thread delivers already, this returns at once: that thread looks for
     * more events before it leaves.
     */
    public final void deliver() {
        if (hasNext() && begin()) {
            start(this::drain);
        }
    }

    private boolean begin() {
        return delivering == 0 && DELIVERING.compareAndSet(this, 0, 1);
    }

    /** Ends a delivery that was started and will not be made. The events wait for the next one. */
    protected final void abandon() {
        delivering = 0;
    }

    private void drain() {
        do {
            try {
                for (E event = next(); event != null; event = next()) {
                    dispatch(event);
                }
                drained();
            } finally {
                delivering = 0;
            }
        } while (hasNext() && begin());
    }
}
