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
    // null if this breaker has no share in a limit
    private final LogLimit limit;
    // created with the first transition, as most breakers never have one
    private Throttle throttle;

    /** Creates a log of a breaker of its own. */
    public TransitionLog() {
        this(null);
    }

    /**
     * Creates a log of one of many breakers, such as those by key: what they decide themselves is logged within
     * {@code limit}, for all of them together.
     */
    public TransitionLog(LogLimit limit) {
        this.limit = limit;
    }

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

    static boolean isOpeningInPart(CircuitTransition transition) {
        return transition.from() == CircuitState.CLOSED && transition.to() == CircuitState.HALF_OPEN;
    }

    private void log(CircuitTransition transition, String why) {
        String name = transition.name();
        if (transition.to() == CircuitState.OPEN && transition.from() != CircuitState.OPEN) {
            String again = transition.from() == CircuitState.HALF_OPEN
                            && transition.by().isEmpty()
                    ? " again"
                    : "";
            log(transition, Message.OPENED, name, again, withMode(transition, why));
        } else if (isOpeningInPart(transition)) {
            log(transition, Message.OPENED, name, " in part", withMode(transition, why));
        } else if (transition.mode() != transition.fromMode()) {
            log(transition, Message.MODE_CHANGED, name, transition.to(), withMode(transition, why));
        } else {
            log(transition, Message.STATE_CHANGED, name, transition.to(), transition.from(), why);
        }
    }

    private void log(CircuitTransition transition, Message message, Object... details) {
        if (limit == null || !transition.by().isEmpty()) {
            message.log(details);
        } else {
            limit.log(message, details);
        }
    }

    /**
     * Returns the reason with the mode before it, unless it begins with the mode, as that of an operator action may.
     */
    private static String withMode(CircuitTransition transition, String why) {
        return why.startsWith("mode ") ? why : "mode " + transition.mode() + ": " + why;
    }
}
