package io.switchgear.http;

import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import java.net.URI;

/**
 * How one service fares, as its breaker sees it.
 *
 * @param name the service's name, which is its breaker's too
 * @param url where it is
 * @param state what a request would meet now
 * @param mode the operator's override
 * @param healthy whether the breaker is closed
 * @param failures requests that failed since the start, retries among them
 * @param rejected requests that were not sent, as the breaker did not admit them
 * @param lastFailure {@code HTTP 503}, or the class of what was thrown; {@code null} before the first
 * @param openRemainingMillis how long requests are still rejected, in milliseconds; 0 unless the breaker is open, -1 if
 *     it is forced open without an end
 * @param pendingRequests requests sent whose response, body included, is not complete
 * @since 0.1
 */
public record ServiceHealth(
        String name,
        URI url,
        CircuitState state,
        BreakerMode mode,
        boolean healthy,
        long failures,
        long rejected,
        String lastFailure,
        long openRemainingMillis,
        int pendingRequests) {}
