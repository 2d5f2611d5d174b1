// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

/**
 * The policy that opens a closed breaker.
 *
 * @since 0.1
 */
public enum TripOn {
    /**
     * Opens after {@link BreakerSettings#failureThreshold()} failures, or slow calls, with no other outcome between
     * them.
     */
    CONSECUTIVE_FAILURES,

    /**
     * Opens when at least {@link BreakerSettings#failureRateThresholdPercent()} of the last
     * {@link BreakerSettings#windowCalls()} outcomes are failures, or at least
     * {@link BreakerSettings#slowCallRateThresholdPercent()} are slow. A rate is not judged on fewer than
     * {@link BreakerSettings#minimumCalls()} outcomes.
     */
    CALL_WINDOW,

    /**
     * Like {@link #CALL_WINDOW}, for the outcomes of the last {@link BreakerSettings#windowMillis()}. The window moves
     * in steps of a thirty-second of its length, so an outcome leaves it at most that much early.
     */
    TIME_WINDOW
}
