package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything about calls to one service that can be tuned, as one immutable value. Each change takes effect with the
 * next request, that of {@code cancelPendingWhenOpen} with the next opening.
 *
 * @param requestTimeoutMillis how long one attempt may take, body included, unless the request itself has a time-out; 1
 *     to 86,400,000, default 10,000
 * @param cancelPendingWhenOpen whether requests still pending are cancelled when the service's breaker opens; default
 *     {@code true}
 * @param retryNonIdempotent whether requests are sent again that may then take effect twice, such as POST; default
 *     {@code false}
 * @param maxRetryAfterMillis the longest wait that the service may ask for with {@code Retry-After}; if it asks for
 *     more, its response is the answer. 0 to 3,600,000, default 10,000
 * @param lastGoodTtlMillis how long the last good response to a GET may stand in for a failed one; 0 (off) to
 *     604,800,000 (a week), default 0
 * @param lastGoodMaxEntries good responses kept; 1 to 1,000,000, default 1,000
 * @since 0.1
 */
public record ServiceSettings(
        long requestTimeoutMillis,
        boolean cancelPendingWhenOpen,
        boolean retryNonIdempotent,
        long maxRetryAfterMillis,
        long lastGoodTtlMillis,
        int lastGoodMaxEntries)
        implements TunableSettings<ServiceSettings> {
    private static final ServiceSettings DEFAULTS = new ServiceSettings(10_000, true, false, 10_000, 0, 1_000);

    /**
     * Checks all of them.
     *
     * @throws InvalidSettingsException if a value is out of its range; names all that are
     */
    public ServiceSettings {
        List<String> problems = new ArrayList<>();
        Setting.REQUEST_TIMEOUT_MILLIS.check(requestTimeoutMillis, problems);
        Setting.MAX_RETRY_AFTER_MILLIS.check(maxRetryAfterMillis, problems);
        Setting.LAST_GOOD_TTL_MILLIS.check(lastGoodTtlMillis, problems);
        Setting.LAST_GOOD_MAX_ENTRIES.check(lastGoodMaxEntries, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** The defaults. */
    public static ServiceSettings defaults() {
        return DEFAULTS;
    }

    @Override
    public TunableKind kind() {
        return TunableKind.SERVICE;
    }

    /** These with another {@link #requestTimeoutMillis()}. */
    public ServiceSettings requestTimeoutMillis(long value) {
        return with(Map.of(Setting.REQUEST_TIMEOUT_MILLIS, value));
    }

    /** These with another {@link #cancelPendingWhenOpen()}. */
    public ServiceSettings cancelPendingWhenOpen(boolean value) {
        return with(Map.of(Setting.CANCEL_PENDING_WHEN_OPEN, value));
    }

    /** These with another {@link #retryNonIdempotent()}. */
    public ServiceSettings retryNonIdempotent(boolean value) {
        return with(Map.of(Setting.RETRY_NON_IDEMPOTENT, value));
    }

    /** These with another {@link #maxRetryAfterMillis()}. */
    public ServiceSettings maxRetryAfterMillis(long value) {
        return with(Map.of(Setting.MAX_RETRY_AFTER_MILLIS, value));
    }

    /** These with another {@link #lastGoodTtlMillis()}. */
    public ServiceSettings lastGoodTtlMillis(long value) {
        return with(Map.of(Setting.LAST_GOOD_TTL_MILLIS, value));
    }

    /** These with another {@link #lastGoodMaxEntries()}. */
    public ServiceSettings lastGoodMaxEntries(int value) {
        return with(Map.of(Setting.LAST_GOOD_MAX_ENTRIES, value));
    }

    /** {@link #requestTimeoutMillis()} as a duration. */
    public ServiceSettings requestTimeout(Duration value) {
        return requestTimeoutMillis(SettingValue.millis(value));
    }

    /** {@link #lastGoodTtlMillis()} as a duration. */
    public ServiceSettings lastGoodTtl(Duration value) {
        return lastGoodTtlMillis(SettingValue.millis(value));
    }
}
