package io.switchgear.breaker;

import io.switchgear.Settings;

/**
 * Weighs the outcomes of a closed breaker's calls. Holds what happened; the thresholds come with each question, so that
 * a change of them takes effect at once and loses nothing.
 */
sealed interface Judge permits ConsecutiveFailures, CallWindow {
    static Judge of(Settings settings) {
        return switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> new ConsecutiveFailures(0);
            case CALL_WINDOW -> new CallWindow(settings.windowCalls());
        };
    }

    /** Notes a success; answers whether the breaker must open. */
    boolean succeeded(Settings settings);

    /** Notes a failure; answers whether the breaker must open. */
    boolean failed(Settings settings);

    /** Whether the breaker must open on what is known. */
    boolean mustOpen(Settings settings);

    /** What speaks for opening, in a few words. */
    String reason(Settings settings);

    /** A judge that fits these settings and starts from what this one knows; this one if it fits. */
    Judge adaptedTo(Settings settings);

    Evidence evidence();

    /**
     * What a judge knows.
     *
     * @param consecutiveFailures failures since the last success
     * @param outcomes in the window; 0 without one
     * @param failures among them
     */
    record Evidence(int consecutiveFailures, int outcomes, int failures) {
        static final Evidence NONE = new Evidence(0, 0, 0);
    }
}
