package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;

/**
 * Weighs the outcomes of a closed breaker's calls. Holds what happened; the thresholds come with each question, so that
 * a change of them takes effect at once and loses nothing.
 */
sealed interface TripPolicy permits ConsecutiveFailures, CallWindow, TimeWindow {
    static TripPolicy of(BreakerSettings settings, Ticker ticker) {
        return switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> new ConsecutiveFailures();
            case CALL_WINDOW -> new CallWindow(settings.windowCalls());
            case TIME_WINDOW -> new TimeWindow(settings.windowMillis(), ticker);
        };
    }

    /** The way of judging that this is. */
    TripOn tripOn();

    /** Notes an outcome; answers whether the breaker must open. */
    boolean note(boolean failed, boolean slow, BreakerSettings settings);

    /**
     * Whether the breaker must open on what is known.
     *
     * @param hung calls in flight that are slow already
     */
    boolean mustOpen(BreakerSettings settings, int hung);

    /** What is known. Asking changes nothing. */
    OutcomeCounts evidence();

    /** This judge or, if it does not fit these settings, one that does and starts from what this one knows. */
    default TripPolicy adaptedTo(BreakerSettings settings, Ticker ticker) {
        if (settings.tripOn() == tripOn()) {
            return resized(settings);
        }
        TripPolicy other = of(settings, ticker);
        other.seed(handover());
        return other;
    }

    /** What another judge can start from. */
    default OutcomeCounts handover() {
        return evidence();
    }

    /** Takes over what another judge knew; without judging. Only for a judge that is new. */
    void seed(OutcomeCounts known);

    /** This judge or, if its size is another, one of the right size with the most recent outcomes. */
    TripPolicy resized(BreakerSettings settings);
}
