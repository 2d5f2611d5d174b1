// SPDX-License-Identifier: Apache-2.0
package io.switchgear.rest;

import io.switchgear.CircuitOpenException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Maps a call that a breaker rejected to 503 Service Unavailable, with a problem by RFC 9457 as the body. Its
 * {@code Retry-After} is the time for which the breaker still rejects calls, rounded up to seconds, at least 1; there
 * is none if the breaker is forced open without an end.
 *
 * <p>The response names no breaker and no failure. Registered by {@link ProblemFeature}, or by the application. It has
 * the lowest priority: a mapper of the application for the same exception is used instead.
 *
 * @since 0.1
 */
@Priority(Integer.MAX_VALUE)
public final class CircuitOpenMapper implements ExceptionMapper<CircuitOpenException> {
    @Context
    private HttpHeaders headers;

    /** Creates the mapper; called by the server or the application. */
    public CircuitOpenMapper() {
        // public, as servers create it
    }

    @Override
    public Response toResponse(CircuitOpenException rejected) {
        return Problem.UNAVAILABLE.response(headers, rejected.openRemainingMillis());
    }
}
