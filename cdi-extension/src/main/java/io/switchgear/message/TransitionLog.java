package io.switchgear.message;

import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.function.Consumer;

/**
 * Writes one line for each transition of one breaker: a warning when it opens, information otherwise; fewer when it
 * flaps. What somebody asked for goes to the audit log, always, and if it changed the state it is in both.
 */
public final class TransitionLog implements Consumer<CircuitTransition> {
    // made with the first transition, as most breakers never have one
    private Throttle throttle;

    // intentional: no lock around it, since a breaker tells its transitions one at a time
    @Override
    public void accept(CircuitTransition transition) {
        boolean asked = !transition.by().isEmpty();
        if (asked) {
            Message.CHANGED.log(transition.name(), transition.why(), transition.by());
        }
        // whoever reads of an opening reads of its end, also if somebody asked for that
        if (transition.to() != transition.from() || !asked) {
            throttle = throttle == null ? new Throttle() : throttle;
            if (throttle.admits(transition)) {
                log(transition, transition.whyInFull() + throttle.leftOut());
            }
        }
    }

    private static void log(CircuitTransition transition, String why) {
        String name = transition.name();
        if (transition.to() == CircuitState.OPEN && transition.from() != CircuitState.OPEN) {
            // what somebody asked for begins with the mode
            String mode = transition.by().isEmpty() ? "mode " + transition.mode() + ": " : "";
            String again = transition.from() == CircuitState.HALF_OPEN
                            && transition.by().isEmpty()
                    ? " again"
                    : "";
            Message.OPENED.log(name, again, mode + why);
        } else if (transition.mode() != transition.fromMode()) {
            Message.MODE_CHANGED.log(name, transition.to(), transition.mode(), why);
        } else {
            Message.STATE_CHANGED.log(name, transition.to(), transition.from(), why);
        }
    }
}
