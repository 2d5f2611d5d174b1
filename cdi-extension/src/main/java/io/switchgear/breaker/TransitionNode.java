package io.switchgear.breaker;

import io.switchgear.status.CircuitTransition;

/**
 * A transition to be delivered, and the one before it that may have to be delivered first.
 *
 * <p>It is created before the transition and published with it, so that none can be lost: the next thread finds it,
 * also if the thread that won the transition had no stack or memory left to deliver it.
 */
final class TransitionNode {
    final CircuitTransition transition;
    // cut by the delivering thread, so that what was delivered can be collected
    private TransitionNode previous;

    TransitionNode(CircuitTransition transition, TransitionNode previous) {
        this.transition = transition;
        this.previous = previous;
    }

    TransitionNode previous() {
        return previous;
    }

    void cut() {
        previous = null;
    }
}
