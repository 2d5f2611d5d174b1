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
     * outcomes are failures; nothing is judged on fewer than {@link Settings#minimumCalls()} outcomes.
     */
    CALL_WINDOW
}
