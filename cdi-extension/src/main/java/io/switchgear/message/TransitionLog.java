// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.util.function.Consumer;

/**
 * Logs one line for each transition of one breaker: a warning when it opens, information otherwise; fewer lines while
 * it flaps. Operator actions always go to the audit log; those that change the state go to both logs.
 */
public final class TransitionLog implements Consumer<CircuitTransition> {
    // created with the first transition, as most breakers never have one
    private Throttle throttle;

    // intentional: no lock, as a breaker delivers its transitions one at a time
    @Override
    public void accept(CircuitTransition transition) {
        boolean requested = !transition.by().isEmpty();
        if (requested) {
            Message.CHANGED.log(transition.name(), transition.why(), transition.by());
        }
        // a logged opening is followed by its end, also if an operator ended it
        if (transition.to() != transition.from() || !requested) {
            throttle = throttle == null ? new Throttle() : throttle;
            if (throttle.admits(transition)) {
                log(transition, transition.whyInFull() + throttle.omitted());
            }
        }
    }

    private static void log(CircuitTransition transition, String why) {
        String name = transition.name();
        if (transition.to() == CircuitState.OPEN && transition.from() != CircuitState.OPEN) {
            String again = transition.from() == CircuitState.HALF_OPEN
                            && transition.by().isEmpty()
                    ? " again"
                    : "";
            Message.OPENED.log(name, again, withMode(transition, why));
        } else if (transition.mode() != transition.fromMode()) {
            Message.MODE_CHANGED.log(name, transition.to(), withMode(transition, why));
        } else {
            Message.STATE_CHANGED.log(name, transition.to(), transition.from(), why);
        }
    }

    /**
     * Returns the reason with the mode before it, unless it begins with the mode, as that of an operator action may.
     */
    private static String withMode(CircuitTransition transition, String why) {
        return why.startsWith("mode ") ? why : "mode " + transition.mode() + ": " + why;
    }
}
