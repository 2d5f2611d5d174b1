package io.switchgear.message;

import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps one breaker that flaps from flooding whoever is told of it: 20 tellings at once, and then one every five
 * seconds (a token bucket). What somebody asked for and changes of mode are always told, and so is an opening, unless
 * an opening is the last that was told: so whoever was told of a closing hears when it has not lasted. Not safe for use
 * by several threads at a time, as a breaker tells one thing at a time.
 */
public final class Throttle {
    private static final int BURST = 20;
    private static final long MILLIS_EACH = 5_000;

    private long credit = BURST * MILLIS_EACH;
    private Instant last;
    private CircuitState lastTold = CircuitState.CLOSED;
    private int leftOut;

    /** Nothing told yet. */
    public Throttle() {}

    /** Whether this is to be told. A clock that steps back earns nothing. */
    public boolean admits(CircuitTransition transition) {
        earn(transition.at());
        boolean news = !transition.by().isEmpty()
                || transition.mode() != transition.fromMode()
                || (transition.to() == CircuitState.OPEN && lastTold != CircuitState.OPEN);
        if (!news && credit < MILLIS_EACH) {
            leftOut++;
            return false;
        }
        credit = Math.max(0, credit - MILLIS_EACH);
        lastTold = transition.to();
        return true;
    }

    private void earn(Instant at) {
        if (last != null) {
            long earned = Math.max(0, Duration.between(last, at).toMillis());
            credit = Math.min(BURST * MILLIS_EACH, credit + Math.min(earned, BURST * MILLIS_EACH));
        }
        last = at;
    }

    /** What to add to a telling: how many were left out since the one before, or nothing. */
    public String leftOut() {
        int count = leftOut;
        leftOut = 0;
        return count == 0 ? "" : " (" + count + " transitions since the last one told were left out)";
    }
}
