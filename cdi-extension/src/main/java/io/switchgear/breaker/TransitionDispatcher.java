package io.switchgear.breaker;

import io.switchgear.event.SerialDelivery;
import io.switchgear.status.CircuitTransition;
import java.util.ArrayDeque;
import java.util.Deque;

/** Delivers transitions in the order in which they happened, each once. Winners may arrive in any order. */
abstract class TransitionDispatcher extends SerialDelivery<CircuitTransition> {
    // both written by the delivering thread alone
    private volatile TransitionNode delivered;
    private Deque<TransitionNode> pending;

    TransitionDispatcher() {
        super(CircuitTransition::name);
    }

    /** Returns the transition that led to the present phase; {@code null} before the first. */
    abstract TransitionNode latest();

    @Override
    protected final boolean hasNext() {
        return latest() != delivered;
    }

    @Override
    protected final CircuitTransition next() {
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
        return next.transition;
    }

    private Deque<TransitionNode> undelivered() {
        Deque<TransitionNode> oldestFirst = new ArrayDeque<>();
        for (TransitionNode node = latest(); node != null && node != delivered; node = node.previous()) {
            oldestFirst.push(node);
        }
        return oldestFirst;
    }
}
