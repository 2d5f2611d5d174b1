// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps one flapping breaker from flooding the log: it admits a burst of 20 transitions, then one every five seconds (a
 * token bucket). Always admitted are operator actions, mode changes and any opening, unless the last logged transition
 * was an opening too: so the log never shows a breaker as closed that has opened since. Not thread-safe, as a breaker
 * delivers one transition at a time.
 */
public final class Throttle {
    private static final int BURST = 20;
    private static final long MILLIS_EACH = 5_000;

    private long credit = BURST * MILLIS_EACH;
    private Instant last;
    private CircuitState lastAdmitted = CircuitState.CLOSED;
    private int omitted;

    /** Creates a throttle with its full burst. */
    public Throttle() {}

    /** Returns whether to log this transition. A clock that steps back earns no credit. */
    public boolean admits(CircuitTransition transition) {
        earn(transition.at());
        boolean always = !transition.by().isEmpty()
                || transition.mode() != transition.fromMode()
                || (transition.to() == CircuitState.OPEN && lastAdmitted != CircuitState.OPEN)
                || (TransitionLog.isOpeningInPart(transition) && lastAdmitted == CircuitState.CLOSED);
        if (!always && credit < MILLIS_EACH) {
            omitted++;
            return false;
        }
        credit = Math.max(0, credit - MILLIS_EACH);
        lastAdmitted = transition.to();
        return true;
    }

    private void earn(Instant at) {
        if (last != null) {
            long earned = Math.max(0, Duration.between(last, at).toMillis());
            credit = Math.min(BURST * MILLIS_EACH, credit + Math.min(earned, BURST * MILLIS_EACH));
        }
        last = at;
    }

    /** Returns the suffix of a log line that counts the transitions omitted before it; empty if there are none. */
    public String omitted() {
        int count = omitted;
        omitted = 0;
        return count == 0 ? "" : " (" + Text.count(count, "transition") + " omitted since the last one logged)";
    }
}
