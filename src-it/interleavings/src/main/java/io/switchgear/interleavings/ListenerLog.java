// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.function.Consumer;

/**
 * Records the transitions of a breaker. Intentional: nothing here is synchronized, so that the record is correct only
 * if one thread at a time delivers transitions, and each sees the writes of the one before.
 */
final class ListenerLog implements Consumer<CircuitTransition> {
    private final CircuitTransition[] transitions = new CircuitTransition[8];
    private int count;

    @Override
    public void accept(CircuitTransition transition) {
        transitions[count++] = transition;
    }

    /** Returns the states that the transitions led through, such as {@code CLOSED>OPEN}. */
    String path() {
        StringBuilder path = new StringBuilder("CLOSED");
        CircuitState before = CircuitState.CLOSED;
        for (int i = 0; i < count; i++) {
            CircuitTransition transition = transitions[i];
            if (transition.number() != i + 1) {
                return "number " + transition.number() + " came as " + (i + 1);
            }
            if (transition.from() != before) {
                return path + " but then from " + transition.from();
            }
            before = transition.to();
            path.append('>').append(before);
        }
        return path.toString();
    }

    /** Returns whether the last transition led to the current state and mode. */
    boolean leadsTo(BreakerSnapshot now) {
        CircuitTransition last = transitions[count - 1];
        return last.to() == now.state() && last.mode() == now.mode();
    }
}
