// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.guard.Retry;
import io.switchgear.settings.ServiceSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Instant;
import java.util.Set;

/** The rules of which requests may be sent again, and after which responses. */
final class RetryRules {
    // RFC 9110, 9.2.2
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");
    // RFC 9110, 9.2.1
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private RetryRules() {}

    /** Returns whether the request may take effect twice: by its method, or as the settings allow it. */
    static boolean isRepeatable(HttpRequest request, ServiceSettings settings) {
        return settings.retryNonIdempotent() || IDEMPOTENT.contains(request.method());
    }

    /** Returns whether the request may change what it addresses. */
    static boolean isUnsafe(HttpRequest request) {
        return !SAFE.contains(request.method());
    }

    /** Returns whether a later attempt may get another status. */
    static boolean isTransient(ResponseInfo head) {
        return TRANSIENT.contains(head.statusCode());
    }

    /**
     * Returns the nanoseconds that the service demands to wait, 0 if it demands none; {@link Retry#NO} if it demands
     * more than allowed.
     */
    static long retryAfterNanos(ResponseInfo head, Instant now, ServiceSettings settings) {
        if (head.statusCode() != 429 && head.statusCode() != 503) {
            return 0;
        }
        long millis = RetryAfter.millis(head.headers(), now).orElse(0);
        return millis > settings.maxRetryAfterMillis() ? Retry.NO : millis * NANOS_PER_MILLI;
    }
}
