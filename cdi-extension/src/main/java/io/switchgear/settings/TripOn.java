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
    TIME_WINDOW,

    /**
     * Opens in part: admits as many calls as the service can take, at any rate of calls and without tuning. Best where
     * many calls share a service that may fail in part or be overloaded.
     *
     * <p>It begins to reject calls when the failures since calls last failed less than
     * {@link BreakerSettings#failureRateThresholdPercent()} exceed that rate by {@link BreakerSettings#minimumCalls()}
     * failures. Then it is half-open and admits a share of the calls. Once in a second, or when
     * {@link BreakerSettings#successThreshold()} of the admitted calls have ended if that is later, the share follows
     * what they show: it falls if more than that rate fails, and up to doubles if less does. If all of them fail, the
     * breaker is open: it admits one trial in {@link BreakerSettings#trialIntervalMillis()}, and further ones at once
     * while they succeed. A slow call counts as a failure.
     */
    ADAPTIVE
}
