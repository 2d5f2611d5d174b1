// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.event.SerialDelivery;
import io.switchgear.status.CircuitTransition;
import java.util.ArrayDeque;
import java.util.Deque;

/** Delivers each transition once, in the order of the transitions, in whatever order the winning threads arrive. */
abstract class TransitionDispatcher extends SerialDelivery<CircuitTransition> {
    // both written only by the delivering thread
    private volatile TransitionNode delivered;
    private Deque<TransitionNode> pending;

    TransitionDispatcher() {
        super(CircuitTransition::name);
    }

    /** Returns the transition that led to the current phase; {@code null} before the first. */
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
