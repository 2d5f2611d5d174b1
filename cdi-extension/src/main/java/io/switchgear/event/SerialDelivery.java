// SPDX-License-Identifier: Apache-2.0
package io.switchgear.event;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;

/**
 * Delivers events to listeners in order, one at a time and outside any lock. Any thread may call {@link #deliver}; one
 * of them delivers, also the events that arrive meanwhile.
 */
public abstract class SerialDelivery<E> extends Listeners<E> {
    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<SerialDelivery> DELIVERING =
            AtomicIntegerFieldUpdater.newUpdater(SerialDelivery.class, "delivering");

    // 1 while a thread delivers, or is about to
    private volatile int delivering;

    /** @param subject returns the subject of an event, for the log */
    protected SerialDelivery(Function<? super E, String> subject) {
        super(subject);
    }

    /** Returns whether an event is waiting for delivery. Called by any thread. */
    protected abstract boolean hasNext();

    /** Takes the next event; {@code null} if none is waiting. Called by one thread at a time. */
    protected abstract E next();

    /** Runs {@code delivery}. By default on this thread, at once. */
    protected void start(Runnable delivery) {
        delivery.run();
    }

    /** Called by the delivering thread when no more events are waiting. */
    protected void drained() {
        // optional
    }

    /**
     * Delivers the events that are waiting. Returns at once if another thread is delivering: that thread checks for
     * more events before it leaves.
     */
    public final void deliver() {
        if (hasNext()) {
            Delivery delivery = new Delivery();
            Executor starter = this::start;
            if (begin()) {
                handOver(starter, delivery);
            }
        }
    }

    /** Runs a delivery on an executor. If that throws and the delivery has not begun, its events wait for the next. */
    protected final void handOver(Executor to, Runnable delivery) {
        try {
            to.execute(delivery);
        } catch (Throwable broken) {
            if (((SerialDelivery<?>.Delivery) delivery).begun) {
                throw broken;
            }
            // refused, or the end of the stack: it must not keep later events from being delivered
            delivering = 0;
            refused(broken);
        }
    }

    private final class Delivery implements Runnable {
        private volatile boolean begun;

        @Override
        public void run() {
            begun = true;
            drain();
        }
    }

    /** Returns whether a thread delivers, or is about to. */
    protected final boolean isDelivering() {
        return delivering != 0;
    }

    private boolean begin() {
        return delivering == 0 && DELIVERING.compareAndSet(this, 0, 1);
    }

    /** Called if no delivery began. */
    protected void refused(Throwable why) {
        // the events are delivered with the next one
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
