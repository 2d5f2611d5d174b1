package io.switchgear.interleavings;

import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.function.Consumer;

/**
 * Listens to a breaker. Intentional: nothing here is synchronised, so that what it has heard is right only if it is
 * told by one thread at a time, each of which sees what the one before has done.
 */
final class ListenerLog implements Consumer<CircuitTransition> {
    private final CircuitTransition[] transitions = new CircuitTransition[8];
    private int count;

    @Override
    public void accept(CircuitTransition transition) {
        transitions[count++] = transition;
    }

    /** The states that it was led through, such as {@code CLOSED>OPEN}. */
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

    /** Whether what was told last is how the breaker stands. */
    boolean leadsTo(BreakerSnapshot now) {
        CircuitTransition last = transitions[count - 1];
        return last.to() == now.state() && last.mode() == now.mode();
    }
}
