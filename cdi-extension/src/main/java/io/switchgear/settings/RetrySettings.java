// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings of retries, as one immutable value. A change takes effect with the next failure.
 *
 * <p>The wait before retry <i>n</i> is {@code delayMillis} times {@code backoffFactor} to the power of <i>n</i> - 1, at
 * most {@code maxDelayMillis}, shortened at random by up to {@code jitterPercent}. The default is full jitter, as Marc
 * Brooker describes it in <i>Exponential Backoff And Jitter</i>: callers that failed together do not retry together.
 * {@code jitterMillis} then prolongs or shortens it at random.
 *
 * <p>The budget keeps retries from multiplying an outage: a call that succeeds adds {@code budgetPercent} of a retry to
 * it, and it holds at most 100 retries. {@code minRetriesPerSecond} more are lent, until successes pay them back. A
 * retry that succeeds costs nothing. Once no call has succeeded for ten seconds, counted from the first failure after a
 * success or from the start, no call begins to retry until one succeeds. The idea is that of Finagle's
 * {@code RetryBudget}; the upper bound is that of gRPC's retry throttling, and the refund that of the AWS SDKs. With
 * {@code minRetriesPerSecond} at its maximum there is no budget: it refuses no retry.
 *
 * <p>Each method that returns changed settings checks them. To raise {@code delayMillis} above {@code maxDelayMillis},
 * set the latter first. Likewise, a {@code maxDurationMillis} that leaves no time for any retry is refused, unless
 * {@code maxAttempts} is 1.
 *
 * @param enabled whether failed calls are retried; default {@code true}. While it is {@code false}, each call is one
 *     attempt, which is not counted, and the budget does not change. Live: a call that waits for a retry ends with its
 *     last failure when the wait is over
 * @param maxAttempts maximum number of attempts, the first included; 1 (no retry) to 1,000,000, default 3
 * @param delayMillis wait before the first retry; 0 to 3,600,000, default 200
 * @param backoffFactor factor by which each further retry prolongs the wait; 1 (off) to 10, default 2
 * @param maxDelayMillis maximum wait; 0 to 3,600,000, default 10,000, and at least {@code delayMillis} if
 *     {@code backoffFactor} is above 1
 * @param jitterPercent maximum part by which each wait is shortened at random; 0 to 100, default 100
 * @param jitterMillis maximum time by which each wait is prolonged or shortened at random, but not below 0; 0 (off) to
 *     3,600,000, default 0
 * @param maxDurationMillis time from the beginning of the first attempt after which no retry begins; 0 (no limit) to
 *     86,400,000, default 180,000; unless 0, above the shortest wait: {@code delayMillis} less {@code jitterPercent}
 *     and {@code jitterMillis}
 * @param budgetPercent retries that successful calls add to the budget, in percent of these calls; 0 to 100, default 20
 * @param minRetriesPerSecond free retries, a second's worth, that are lent until calls succeed: each success pays back
 *     {@code budgetPercent} of one, at least 10 %; 0 to 1,000,000 (no budget), default 10. Live: what is lent stays
 *     lent
 * @since 0.1
 */
public record RetrySettings(
        boolean enabled,
        int maxAttempts,
        long delayMillis,
        double backoffFactor,
        long maxDelayMillis,
        double jitterPercent,
        long jitterMillis,
        long maxDurationMillis,
        double budgetPercent,
        int minRetriesPerSecond)
        implements TunableSettings<RetrySettings> {
    /** The {@link #minRetriesPerSecond()} at which there is no budget. */
    public static final int NO_BUDGET = 1_000_000;

    private static final RetrySettings DEFAULTS = new RetrySettings(true, 3, 200, 2, 10_000, 100, 0, 180_000, 20, 10);

    /**
     * Creates settings, and checks them as a whole.
     *
     * @throws InvalidSettingsException if a value is out of range or contradicts another; the message names each
     */
    public RetrySettings {
        List<String> problems = new ArrayList<>();
        Setting.MAX_ATTEMPTS.check(maxAttempts, problems);
        Setting.DELAY_MILLIS.check(delayMillis, problems);
        Setting.BACKOFF_FACTOR.check(backoffFactor, problems);
        Setting.MAX_DELAY_MILLIS.check(maxDelayMillis, problems);
        Setting.JITTER_PERCENT.check(jitterPercent, problems);
        Setting.JITTER_MILLIS.check(jitterMillis, problems);
        Setting.MAX_DURATION_MILLIS.check(maxDurationMillis, problems);
        Setting.BUDGET_PERCENT.check(budgetPercent, problems);
        Setting.MIN_RETRIES_PER_SECOND.check(minRetriesPerSecond, problems);
        if (backoffFactor > 1 && maxDelayMillis < delayMillis) {
            problems.add(SettingValue.contradiction(
                    Setting.MAX_DELAY_MILLIS, maxDelayMillis, ">=", Setting.DELAY_MILLIS, delayMillis));
        }
        double shortestWait = delayMillis * (1 - jitterPercent / 100) - jitterMillis;
        if (maxAttempts > 1 && maxDurationMillis > 0 && shortestWait >= maxDurationMillis) {
            problems.add("{maxDurationMillis} must be 0 or > the shortest wait, {delayMillis} (" + delayMillis
                    + ") less {jitterPercent} (" + jitterPercent + ")"
                    + (jitterMillis == 0 ? "" : " and {jitterMillis} (" + jitterMillis + ")") + ", but was "
                    + maxDurationMillis + ": no retry would ever begin");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Returns the defaults. */
    public static RetrySettings defaults() {
        return DEFAULTS;
    }

    @Override
    public TunableKind kind() {
        return TunableKind.RETRY;
    }

    /** Returns these settings with another {@link #enabled()}. */
    public RetrySettings enabled(boolean value) {
        return with(Map.of(Setting.RETRY_ENABLED, value));
    }

    /** Returns these settings with another {@link #maxAttempts()}. */
    public RetrySettings maxAttempts(int value) {
        return with(Map.of(Setting.MAX_ATTEMPTS, value));
    }

    /** Returns these settings with another {@link #delayMillis()}. */
    public RetrySettings delayMillis(long value) {
        return with(Map.of(Setting.DELAY_MILLIS, value));
    }

    /** Returns these settings with another {@link #backoffFactor()}. */
    public RetrySettings backoffFactor(double value) {
        return with(Map.of(Setting.BACKOFF_FACTOR, value));
    }

    /** Returns these settings with another {@link #maxDelayMillis()}. */
    public RetrySettings maxDelayMillis(long value) {
        return with(Map.of(Setting.MAX_DELAY_MILLIS, value));
    }

    /** Returns these settings with another {@link #jitterPercent()}. */
    public RetrySettings jitterPercent(double value) {
        return with(Map.of(Setting.JITTER_PERCENT, value));
    }

    /** Returns these settings with another {@link #jitterMillis()}. */
    public RetrySettings jitterMillis(long value) {
        return with(Map.of(Setting.JITTER_MILLIS, value));
    }

    /** Returns these settings with another {@link #maxDurationMillis()}. */
    public RetrySettings maxDurationMillis(long value) {
        return with(Map.of(Setting.MAX_DURATION_MILLIS, value));
    }

    /** Returns these settings with another {@link #budgetPercent()}. */
    public RetrySettings budgetPercent(double value) {
        return with(Map.of(Setting.BUDGET_PERCENT, value));
    }

    /** Returns these settings with another {@link #minRetriesPerSecond()}. */
    public RetrySettings minRetriesPerSecond(int value) {
        return with(Map.of(Setting.MIN_RETRIES_PER_SECOND, value));
    }

    /**
     * Returns these settings with another {@link #delayMillis()}, as a duration that is rounded up to a millisecond.
     */
    public RetrySettings delay(Duration value) {
        return delayMillis(SettingValue.millis(value));
    }

    /**
     * Returns these settings with another {@link #maxDelayMillis()}, as a duration that is rounded up to a millisecond.
     */
    public RetrySettings maxDelay(Duration value) {
        return maxDelayMillis(SettingValue.millis(value));
    }

    /**
     * Returns these settings with another {@link #jitterMillis()}, as a duration that is rounded up to a millisecond.
     */
    public RetrySettings jitter(Duration value) {
        return jitterMillis(SettingValue.millis(value));
    }

    /**
     * Returns these settings with another {@link #maxDurationMillis()}, as a duration that is rounded up to a
     * millisecond.
     */
    public RetrySettings maxDuration(Duration value) {
        return maxDurationMillis(SettingValue.millis(value));
    }
}
