package io.switchgear.http;

import io.switchgear.guard.Retry;
import io.switchgear.settings.ServiceSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Instant;
import java.util.Set;

/** Which requests may be sent again, and after which responses. */
final class RetryRules {
    // RFC 9110, 9.2.2
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final long MILLI = 1_000_000;

    private RetryRules() {}

    /** Whether it does no harm if this takes effect twice. */
    static boolean isHarmless(HttpRequest request, ServiceSettings settings) {
        return settings.retryNonIdempotent() || IDEMPOTENT.contains(request.method());
    }

    /** Whether a later attempt may be answered otherwise. */
    static boolean isPassing(ResponseInfo head) {
        return PASSING.contains(head.statusCode());
    }

    /**
     * Nanoseconds that the service asks to be left alone, 0 if it does not ask; {@link Retry#NO} if it asks for more
     * than allowed.
     */
    static long asked(ResponseInfo head, Instant now, ServiceSettings settings) {
        if (head.statusCode() != 429 && head.statusCode() != 503) {
            return 0;
        }
        long millis = RetryAfter.millis(head.headers(), now).orElse(0);
        return millis > settings.maxRetryAfterMillis() ? Retry.NO : millis * MILLI;
    }
}
