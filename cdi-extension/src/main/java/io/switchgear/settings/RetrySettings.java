package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything about retries that can be tuned, as one immutable value. Each change takes effect with the next failure.
 *
 * <p>Before retry <i>n</i> it waits {@code delayMillis} times {@code backoffFactor} to the power of <i>n</i> - 1, at
 * most {@code maxDelayMillis}, less a random part of {@code jitterPercent} (full jitter by default, as Marc Brooker
 * describes it in <i>Exponential Backoff And Jitter</i>, so that callers that failed together do not come back
 * together).
 *
 * <p>The budget keeps retries from multiplying an outage: a call that succeeds pays for {@code budgetPercent} of a
 * retry, at most 100 retries are saved up, and {@code minRetriesPerSecond} more come for free. The idea is that of
 * Finagle's {@code RetryBudget}; the bound on what is saved is that of gRPC's retry throttling.
 *
 * <p>Each method that answers changed settings checks them: where a longer first wait needs a longer longest one, give
 * the latter first.
 *
 * @param maxAttempts attempts at most, the first included; 1 to 100, default 3
 * @param delayMillis wait before the first retry; 0 to 3,600,000, default 200
 * @param backoffFactor each further retry waits this much longer; 1 to 10, default 2
 * @param maxDelayMillis and at most this long; 0 to 3,600,000, default 10,000, at least {@code delayMillis} where
 *     {@code backoffFactor} is above 1
 * @param jitterPercent random part of each wait: it is between this much less and all of it; 0 to 100, default 100
 * @param maxDurationMillis no retry begins later than this after the first attempt began; 0 to 86,400,000, default
 *     180,000; 0 is no limit
 * @param budgetPercent retries that successful calls pay for, in percent of these calls; 0 to 100, default 20
 * @param minRetriesPerSecond retries in each second that nobody has to pay for; 0 to 10,000, default 10
 * @since 0.1
 */
public record RetrySettings(
        int maxAttempts,
        long delayMillis,
        double backoffFactor,
        long maxDelayMillis,
        double jitterPercent,
        long maxDurationMillis,
        double budgetPercent,
        int minRetriesPerSecond)
        implements TunableSettings<RetrySettings> {
    private static final RetrySettings DEFAULTS = new RetrySettings(3, 200, 2, 10_000, 100, 180_000, 20, 10);

    /**
     * Checks all of them.
     *
     * @throws InvalidSettingsException if a value is out of its range or contradicts another; names all that are
     */
    public RetrySettings {
        List<String> problems = new ArrayList<>();
        Setting.MAX_ATTEMPTS.check(maxAttempts, problems);
        Setting.DELAY_MILLIS.check(delayMillis, problems);
        Setting.BACKOFF_FACTOR.check(backoffFactor, problems);
        Setting.MAX_DELAY_MILLIS.check(maxDelayMillis, problems);
        Setting.JITTER_PERCENT.check(jitterPercent, problems);
        Setting.MAX_DURATION_MILLIS.check(maxDurationMillis, problems);
        Setting.BUDGET_PERCENT.check(budgetPercent, problems);
        Setting.MIN_RETRIES_PER_SECOND.check(minRetriesPerSecond, problems);
        if (backoffFactor > 1 && maxDelayMillis < delayMillis) {
            problems.add("{maxDelayMillis} must be >= {delayMillis} (" + delayMillis + ") but was " + maxDelayMillis);
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** The defaults. */
    public static RetrySettings defaults() {
        return DEFAULTS;
    }

    @Override
    public TunableKind kind() {
        return TunableKind.RETRY;
    }

    /** These with another {@link #maxAttempts()}. */
    public RetrySettings maxAttempts(int value) {
        return with(Map.of(Setting.MAX_ATTEMPTS, value));
    }

    /** These with another {@link #delayMillis()}. */
    public RetrySettings delayMillis(long value) {
        return with(Map.of(Setting.DELAY_MILLIS, value));
    }

    /** These with another {@link #backoffFactor()}. */
    public RetrySettings backoffFactor(double value) {
        return with(Map.of(Setting.BACKOFF_FACTOR, value));
    }

    /** These with another {@link #maxDelayMillis()}. */
    public RetrySettings maxDelayMillis(long value) {
        return with(Map.of(Setting.MAX_DELAY_MILLIS, value));
    }

    /** These with another {@link #jitterPercent()}. */
    public RetrySettings jitterPercent(double value) {
        return with(Map.of(Setting.JITTER_PERCENT, value));
    }

    /** These with another {@link #maxDurationMillis()}. */
    public RetrySettings maxDurationMillis(long value) {
        return with(Map.of(Setting.MAX_DURATION_MILLIS, value));
    }

    /** These with another {@link #budgetPercent()}. */
    public RetrySettings budgetPercent(double value) {
        return with(Map.of(Setting.BUDGET_PERCENT, value));
    }

    /** These with another {@link #minRetriesPerSecond()}. */
    public RetrySettings minRetriesPerSecond(int value) {
        return with(Map.of(Setting.MIN_RETRIES_PER_SECOND, value));
    }

    /** {@link #delayMillis()} as a duration. */
    public RetrySettings delay(Duration value) {
        return delayMillis(SettingValue.millis(value));
    }

    /** {@link #maxDelayMillis()} as a duration. */
    public RetrySettings maxDelay(Duration value) {
        return maxDelayMillis(SettingValue.millis(value));
    }

    /** {@link #maxDurationMillis()} as a duration. */
    public RetrySettings maxDuration(Duration value) {
        return maxDurationMillis(SettingValue.millis(value));
    }
}
