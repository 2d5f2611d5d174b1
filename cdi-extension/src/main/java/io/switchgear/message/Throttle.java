package io.switchgear.message;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps one breaker that flaps from flooding whoever is told of it: 20 tellings at once, and then one every five
 * seconds. A token bucket. Not safe for use by several threads at a time, as a breaker tells one thing at a time.
 */
public final class Throttle {
    private static final int BURST = 20;
    private static final long MILLIS_EACH = 5_000;

    private long credit = BURST * MILLIS_EACH;
    private Instant last;
    private int leftOut;

    /** Nothing told yet. */
    public Throttle() {}

    /** Whether what happened at this time, by the wall clock, is to be told. A clock that steps back earns nothing. */
    public boolean admits(Instant at) {
        if (last != null) {
            long earned = Math.max(0, Duration.between(last, at).toMillis());
            credit = Math.min(BURST * MILLIS_EACH, credit + Math.min(earned, BURST * MILLIS_EACH));
        }
        last = at;
        if (credit < MILLIS_EACH) {
            leftOut++;
            return false;
        }
        credit -= MILLIS_EACH;
        return true;
    }

    /** What to add to a telling: how many were left out since the one before, or nothing. */
    public String leftOut() {
        int count = leftOut;
        leftOut = 0;
        return count == 0 ? "" : " (" + count + " transitions since the last one told were left out)";
    }
}
