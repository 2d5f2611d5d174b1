package io.switchgear.message;

import io.switchgear.CircuitTransition;
import io.switchgear.Mode;
import io.switchgear.State;
import java.util.function.Consumer;

/** Writes one line for each transition: a warning when a breaker opens, information otherwise. */
public final class TransitionLog implements Consumer<CircuitTransition> {
    private Mode mode = Mode.AUTOMATIC;

    // intentional: no lock around mode, since a breaker tells its transitions one at a time
    @Override
    public void accept(CircuitTransition transition) {
        boolean modeChanged = transition.mode() != mode;
        mode = transition.mode();
        if (transition.to() == State.OPEN && transition.from() != State.OPEN) {
            Message.OPENED.log(transition.name(), mode, transition.why());
        } else if (modeChanged) {
            Message.MODE_CHANGED.log(transition.name(), transition.to(), mode, transition.why());
        } else {
            Message.STATE_CHANGED.log(transition.name(), transition.to(), transition.from(), transition.why());
        }
    }
}
