package io.switchgear;

/**
 * How a closed breaker judges the outcomes of calls.
 *
 * @since 0.1
 */
public enum TripOn {
    /** Opens after {@link Settings#failureThreshold()} failures with no success between them. */
    CONSECUTIVE_FAILURES,

    /**
     * Opens when at least {@link Settings#failureRateThresholdPercent()} of the last {@link Settings#windowCalls()}
     * outcomes are failures, or at least {@link Settings#slowCallRateThresholdPercent()} are slow; nothing is judged on
     * fewer than {@link Settings#minimumCalls()} outcomes.
     */
    CALL_WINDOW,

    /**
     * Likewise, on the outcomes of the last {@link Settings#windowMillis()}. The window moves in steps of a
     * thirty-second of its length, so an outcome leaves it at most that much early.
     */
    TIME_WINDOW
}
