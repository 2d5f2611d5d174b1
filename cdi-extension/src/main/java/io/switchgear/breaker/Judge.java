package io.switchgear.breaker;

import io.switchgear.Settings;
import io.switchgear.TripOn;

/**
 * Weighs the outcomes of a closed breaker's calls. Holds what happened; the thresholds come with each question, so that
 * a change of them takes effect at once and loses nothing.
 */
sealed interface Judge permits ConsecutiveFailures, CallWindow, TimeWindow {
    static Judge of(Settings settings, Ticker ticker) {
        return switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> new ConsecutiveFailures();
            case CALL_WINDOW -> new CallWindow(settings.windowCalls());
            case TIME_WINDOW -> new TimeWindow(settings.windowMillis(), ticker);
        };
    }

    /** The way of judging that this is. */
    TripOn tripOn();

    /** Notes an outcome; answers whether the breaker must open. */
    boolean note(boolean failed, boolean slow, Settings settings);

    /**
     * Whether the breaker must open on what is known.
     *
     * @param hung calls in flight that are slow already
     */
    boolean mustOpen(Settings settings, int hung);

    /** What is known. Asking changes nothing. */
    Evidence evidence();

    /** This judge or, if it does not fit these settings, one that does and starts from what this one knows. */
    default Judge adaptedTo(Settings settings, Ticker ticker) {
        if (settings.tripOn() == tripOn()) {
            return resized(settings);
        }
        Judge other = of(settings, ticker);
        Evidence known = evidence();
        // in an order that keeps the failures since the last success at the end, which are all that a count of them
        // needs
        int older =
                settings.tripOn() == TripOn.CONSECUTIVE_FAILURES ? 0 : known.outcomes() - known.consecutiveFailures();
        int olderFailures = Math.max(0, known.failures() - known.consecutiveFailures());
        for (int i = 0; i < older; i++) {
            other.note(i < olderFailures, i < known.slow(), settings);
        }
        for (int i = 0; i < known.consecutiveFailures(); i++) {
            other.note(true, older + i < known.slow(), settings);
        }
        return other;
    }

    /** This judge or, if its size is another, one of the right size with the most recent outcomes. */
    Judge resized(Settings settings);
}
