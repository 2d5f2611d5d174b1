// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.event.BoundedQueue;
import io.switchgear.event.Listeners;
import io.switchgear.event.SerialDelivery;
import io.switchgear.status.CircuitTransition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * Delivers each transition once, in the order of the transitions, in whatever order the winning threads arrive: first
 * to listeners of this library, then to those of the application. The first never wait for the second, which may block.
 */
abstract class TransitionDispatcher extends SerialDelivery<CircuitTransition> {
    private static final int MAX_WAITING = 10_000;
    // set while a thread must not wait for listeners
    private static final ThreadLocal<Executor> ELSEWHERE = new ThreadLocal<>();

    private final BoundedQueue<CircuitTransition> listeners;
    // all written only by the delivering thread
    private volatile TransitionNode delivered;
    private Deque<TransitionNode> pending;
    private CircuitTransition dispatched;

    TransitionDispatcher(String name) {
        super(CircuitTransition::name);
        listeners = new BoundedQueue<>(CircuitTransition::name, name, MAX_WAITING, Runnable::run);
    }

    /** Returns the listeners of the application. */
    final Listeners<CircuitTransition> listeners() {
        return listeners;
    }

    /** Runs {@code action}; {@code elsewhere} announces the transitions that it causes. */
    static void announcing(Executor elsewhere, Runnable action) {
        ELSEWHERE.set(elsewhere);
        try {
            action.run();
        } finally {
            ELSEWHERE.remove();
        }
    }

    /** Announces the transitions that nothing has announced yet, on this thread unless it must not wait. */
    final void announce() {
        Executor elsewhere = ELSEWHERE.get();
        if (elsewhere == null) {
            announceHere();
        } else {
            elsewhere.execute(this::announceHere);
        }
    }

    /**
     * Delivers the transitions that nothing has delivered yet. While a thread delivers to the first listeners, it will
     * notify the second ones too: a transition that a first listener causes must not call them within it.
     */
    private void announceHere() {
        deliver();
        if (!isDelivering()) {
            listeners.deliver();
        }
    }

    /** Returns the transition that led to the current phase; {@code null} before the first. */
    abstract TransitionNode latest();

    @Override
    protected final boolean hasNext() {
        return latest() != delivered;
    }

    @Override
    protected final CircuitTransition next() {
        if (dispatched != null) {
            listeners.enqueue(dispatched);
            dispatched = null;
        }
        if (pending == null) {
            pending = undelivered();
        }
        TransitionNode next = pending.poll();
        if (next == null) {
            pending = null;
            return null;
        }
        next.cut();
        delivered = next;
        dispatched = next.transition;
        return dispatched;
    }

    private Deque<TransitionNode> undelivered() {
        Deque<TransitionNode> oldestFirst = new ArrayDeque<>();
        for (TransitionNode node = latest(); node != null && node != delivered; node = node.previous()) {
            oldestFirst.push(node);
        }
        return oldestFirst;
    }
}
