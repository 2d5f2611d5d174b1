package io.switchgear;

import java.util.ArrayList;
import java.util.List;

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
        int lastGoodMaxEntries) {
    private static final ServiceSettings DEFAULTS = new ServiceSettings(10_000, true, false, 10_000, 0, 1_000);

    /**
     * Checks all of them.
     *
     * @throws InvalidSettingsException if a value is out of its range; names all that are
     */
    public ServiceSettings {
        List<String> problems = new ArrayList<>();
        check("requestTimeoutMillis", requestTimeoutMillis, 1, 86_400_000, problems);
        check("maxRetryAfterMillis", maxRetryAfterMillis, 0, 3_600_000, problems);
        check("lastGoodTtlMillis", lastGoodTtlMillis, 0, 604_800_000, problems);
        check("lastGoodMaxEntries", lastGoodMaxEntries, 1, 1_000_000, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** The defaults. */
    public static ServiceSettings defaults() {
        return DEFAULTS;
    }

    private static void check(String name, long value, long min, long max, List<String> problems) {
        if (value < min || value > max) {
            problems.add("{" + name + "} must be >= " + min + " and <= " + max + " but was " + value);
        }
    }
}
