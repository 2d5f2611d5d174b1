package io.switchgear.cdi;

import io.switchgear.event.Listeners;
import io.switchgear.message.Message;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Delivers what is put into it, one after the other and in that order, by an executor. Who puts something in never
 * waits, and memory is bounded: what does not fit is left out, and the log tells how much that was.
 */
final class ObserverQueue {
    private static final int MOST = 10_000;

    private final String whose;
    private final Consumer<Object> delivery;
    private final Executor threads;
    private final Executor surroundings;
    private final Queue<Object> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicInteger leftOut = new AtomicInteger();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private volatile boolean told;
    private volatile boolean closed;

    /**
     * Empty.
     *
     * @param delivery what it throws is logged
     * @param threads have one to deliver
     * @param surroundings that it is to be delivered in, on such a thread
     */
    ObserverQueue(String whose, Consumer<Object> delivery, Executor threads, Executor surroundings) {
        this.whose = whose;
        this.delivery = delivery;
        this.threads = threads;
        this.surroundings = surroundings;
    }

    void put(Object event) {
        if (closed) {
            return;
        }
        if (length.incrementAndGet() > MOST) {
            length.decrementAndGet();
            if (leftOut.getAndIncrement() == 0) {
                Message.OBSERVER_BEHIND.log(whose, MOST);
            }
            return;
        }
        waiting.add(event);
        start();
    }

    /** Delivers no more: the application ends. */
    void close() {
        closed = true;
    }

    private void start() {
        if (delivering.compareAndSet(false, true)) {
            handOver(threads, () -> handOver(surroundings, this::deliver));
        }
    }

    /** What is refused waits for the next who puts something in. */
    private void handOver(Executor to, Runnable task) {
        try {
            to.execute(task);
        } catch (RuntimeException | Error refused) {
            delivering.set(false);
            if (!closed && !told) {
                told = true;
                Message.OBSERVER_NOT_TOLD.log(refused, whose);
            }
        }
    }

    private void deliver() {
        try {
            for (Object next = waiting.poll(); next != null && !closed; next = waiting.poll()) {
                length.decrementAndGet();
                Listeners.tell(delivery, next, whose);
            }
            int missed = leftOut.getAndSet(0);
            if (missed > 0) {
                Message.OBSERVER_CAUGHT_UP.log(whose, missed);
            }
        } finally {
            delivering.set(false);
            // what was put in after the last look, by somebody who found this still delivering
            if (!waiting.isEmpty() && !closed) {
                start();
            }
        }
    }
}
