// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import java.net.URI;

/**
 * The health of one service. Its counts are those of requests to the service; other calls under a breaker of the same
 * name are not among them.
 *
 * @param name the name of the service and of its breaker
 * @param url the address of the service
 * @param enabled whether the breaker acts; while it does not, its state is {@link CircuitState#CLOSED}
 * @param state the state that the next request meets
 * @param mode the operator's override
 * @param healthy whether the breaker is closed
 * @param failures attempts that were a failure of the service since the start, retries included
 * @param rejected attempts that were not sent because the breaker rejected them
 * @param lastFailure the last of these failures: {@code HTTP 503}, or the class of the exception; {@code null} before
 *     the first one
 * @param openRemainingMillis milliseconds for which requests are still rejected; 0 unless the breaker is open, -1 if it
 *     is forced open without an end
 * @param pendingRequests attempts whose response, body included, is not complete
 * @since 0.1
 */
public record ServiceHealth(
        String name,
        URI url,
        boolean enabled,
        CircuitState state,
        BreakerMode mode,
        boolean healthy,
        long failures,
        long rejected,
        String lastFailure,
        long openRemainingMillis,
        int pendingRequests) {}
