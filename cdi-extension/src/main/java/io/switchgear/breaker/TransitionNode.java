// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.status.CircuitTransition;

/**
 * A transition to be delivered, linked to the one before it, which may have to be delivered first.
 *
 * <p>The node is created before the transition and published with it, so that no transition can be lost. If the thread
 * that won the transition has no stack or memory left to deliver it, the next thread finds it.
 */
final class TransitionNode {
    final CircuitTransition transition;
    // cut by the delivering thread, so that delivered transitions can be garbage-collected
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
