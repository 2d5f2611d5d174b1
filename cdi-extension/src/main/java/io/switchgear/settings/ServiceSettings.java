// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings of calls to an HTTP service, as one immutable value. A change takes effect with the next request; one of
 * {@code cancelPendingWhenOpen} with the next opening.
 *
 * @param requestTimeoutMillis how long one attempt may take, body included, unless the request itself has a time-out; 1
 *     to 86,400,000, default 10,000
 * @param cancelPendingWhenOpen whether pending requests are cancelled when the service's breaker opens; default
 *     {@code true}
 * @param retryNonIdempotent whether requests are retried that may then take effect twice, such as POST; default
 *     {@code false}
 * @param maxRetryAfterMillis the longest {@code Retry-After} of the service that is waited for; with a longer one there
 *     is no retry, and the caller gets the response. 0 to 3,600,000, default 10,000
 * @param maxResponseBytes the longest body of a response, of whatever body handler; a longer one is a failure of the
 *     service, and ends as soon as it is known to be longer: by its {@code Content-Length}, or after so many bytes. 0
 *     (no limit) to 1,000,000,000,000, default 16,000,000; with a status of 500 or more, and unless it is 0, at most
 *     1,000,000
 * @param lastGoodTtlMillis how long the last good response to a GET may replace a failed one; 0 (off) to 604,800,000 (a
 *     week), default 0
 * @param lastGoodMaxEntries maximum number of last good responses kept; 1 to 1,000,000, default 1,000
 * @since 0.1
 */
public record ServiceSettings(
        long requestTimeoutMillis,
        boolean cancelPendingWhenOpen,
        boolean retryNonIdempotent,
        long maxRetryAfterMillis,
        long maxResponseBytes,
        long lastGoodTtlMillis,
        int lastGoodMaxEntries)
        implements TunableSettings<ServiceSettings> {
    private static final ServiceSettings DEFAULTS =
            new ServiceSettings(10_000, true, false, 10_000, 16_000_000, 0, 1_000);

    /**
     * Creates settings, and checks them.
     *
     * @throws InvalidSettingsException if a value is out of range; the message names each
     */
    public ServiceSettings {
        List<String> problems = new ArrayList<>();
        Setting.REQUEST_TIMEOUT_MILLIS.check(requestTimeoutMillis, problems);
        Setting.MAX_RETRY_AFTER_MILLIS.check(maxRetryAfterMillis, problems);
        Setting.MAX_RESPONSE_BYTES.check(maxResponseBytes, problems);
        Setting.LAST_GOOD_TTL_MILLIS.check(lastGoodTtlMillis, problems);
        Setting.LAST_GOOD_MAX_ENTRIES.check(lastGoodMaxEntries, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Returns the defaults. */
    public static ServiceSettings defaults() {
        return DEFAULTS;
    }

    @Override
    public TunableKind kind() {
        return TunableKind.SERVICE;
    }

    /** Returns these settings with another {@link #requestTimeoutMillis()}. */
    public ServiceSettings requestTimeoutMillis(long value) {
        return with(Map.of(Setting.REQUEST_TIMEOUT_MILLIS, value));
    }

    /** Returns these settings with another {@link #cancelPendingWhenOpen()}. */
    public ServiceSettings cancelPendingWhenOpen(boolean value) {
        return with(Map.of(Setting.CANCEL_PENDING_WHEN_OPEN, value));
    }

    /** Returns these settings with another {@link #retryNonIdempotent()}. */
    public ServiceSettings retryNonIdempotent(boolean value) {
        return with(Map.of(Setting.RETRY_NON_IDEMPOTENT, value));
    }

    /** Returns these settings with another {@link #maxRetryAfterMillis()}. */
    public ServiceSettings maxRetryAfterMillis(long value) {
        return with(Map.of(Setting.MAX_RETRY_AFTER_MILLIS, value));
    }

    /** Returns these settings with another {@link #maxResponseBytes()}. */
    public ServiceSettings maxResponseBytes(long value) {
        return with(Map.of(Setting.MAX_RESPONSE_BYTES, value));
    }

    /** Returns these settings with another {@link #lastGoodTtlMillis()}. */
    public ServiceSettings lastGoodTtlMillis(long value) {
        return with(Map.of(Setting.LAST_GOOD_TTL_MILLIS, value));
    }

    /** Returns these settings with another {@link #lastGoodMaxEntries()}. */
    public ServiceSettings lastGoodMaxEntries(int value) {
        return with(Map.of(Setting.LAST_GOOD_MAX_ENTRIES, value));
    }

    /**
     * Returns these settings with another {@link #requestTimeoutMillis()}, as a duration that is rounded up to a
     * millisecond.
     */
    public ServiceSettings requestTimeout(Duration value) {
        return requestTimeoutMillis(SettingValue.millis(value));
    }

    /**
     * Returns these settings with another {@link #lastGoodTtlMillis()}, as a duration that is rounded up to a
     * millisecond.
     */
    public ServiceSettings lastGoodTtl(Duration value) {
        return lastGoodTtlMillis(SettingValue.millis(value));
    }
}
