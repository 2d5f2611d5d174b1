// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

/**
 * The policy that opens a closed breaker.
 *
 * <p>Independent failures open a breaker by chance, and one that opens as a whole makes a whole outage of a part. The
 * lab of this library shows how much each policy delivers of what is possible, with its defaults, at 100 calls a second
 * of which a part fails:
 *
 * <table>
 * <caption>Delivered, of what is possible</caption>
 * <tr><th>policy</th><th>20 % fail</th><th>40 % fail</th></tr>
 * <tr><td>{@link #CONSECUTIVE_FAILURES}</td><td>0.30</td><td>0.01</td></tr>
 * <tr><td>{@link #CALL_WINDOW}</td><td>1.00</td><td>0.03</td></tr>
 * <tr><td>{@link #TIME_WINDOW}</td><td>1.00</td><td>1.00 (worst 0.10)</td></tr>
 * <tr><td>{@link #ADAPTIVE}</td><td>1.00</td><td>1.00</td></tr>
 * </table>
 *
 * @since 0.1
 */
public enum TripOn {
    /**
     * Opens after {@link BreakerSettings#failureThreshold()} failures, or slow calls, with no other outcome between
     * them. For one caller with some calls a second at most, or a resource that fails as a whole.
     */
    CONSECUTIVE_FAILURES,

    /**
     * Opens when at least {@link BreakerSettings#failureRateThresholdPercent()} of the last
     * {@link BreakerSettings#windowCalls()} outcomes are failures, or at least
     * {@link BreakerSettings#slowCallRateThresholdPercent()} are slow. A rate is not judged on fewer than
     * {@link BreakerSettings#minimumCalls()} outcomes. For a service that is there or not, with calls so rare that a
     * time holds too few of them.
     */
    CALL_WINDOW,

    /**
     * Like {@link #CALL_WINDOW}, for the outcomes of the last {@link BreakerSettings#windowMillis()}. The window moves
     * in steps of a thirty-second of its length, so an outcome leaves it at most that much early. For a service that is
     * there or not, where calls do harm while it is not.
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
