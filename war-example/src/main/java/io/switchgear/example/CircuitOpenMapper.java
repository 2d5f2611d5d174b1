// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitOpenException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.TimeUnit;

/** Maps a call that a breaker rejected to 503, with a {@code Retry-After} header. */
@Provider
public class CircuitOpenMapper implements ExceptionMapper<CircuitOpenException> {
    private static final long SECONDS_IF_UNKNOWN = 60;

    @Override
    public Response toResponse(CircuitOpenException rejected) {
        return Problem.response(Status.SERVICE_UNAVAILABLE, rejected)
                .header(HttpHeaders.RETRY_AFTER, retryAfterSeconds(rejected))
                .build();
    }

    /** Returns at least the remaining time in OPEN; a fixed time for a forced mode without an end. */
    static long retryAfterSeconds(CircuitOpenException rejected) {
        long millis = rejected.openRemainingMillis();
        return millis < 0 ? SECONDS_IF_UNKNOWN : TimeUnit.MILLISECONDS.toSeconds(millis) + 1;
    }
}
