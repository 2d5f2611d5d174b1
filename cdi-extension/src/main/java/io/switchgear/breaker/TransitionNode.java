package io.switchgear.breaker;

import io.switchgear.status.CircuitTransition;

/**
 * A transition to be told, and the one before it that may have to be told first.
 *
 * <p>It is made before the transition and becomes known with it, so that no transition can go untold: whoever comes
 * next finds it, also if the thread that won the transition had no stack or memory left to tell it.
 */
final class TransitionNode {
    final CircuitTransition transition;
    // cut by whoever tells, so that what has been told can be forgotten
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
