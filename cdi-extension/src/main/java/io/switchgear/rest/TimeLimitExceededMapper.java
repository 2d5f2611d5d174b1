// SPDX-License-Identifier: Apache-2.0
package io.switchgear.rest;

import io.switchgear.TimeLimitExceededException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Maps a call that exceeded its time limit to 504 Gateway Timeout, with a problem by RFC 9457 as the body, which names
 * no time limit. Otherwise like {@link CircuitOpenMapper}.
 *
 * @since 0.1
 */
@Priority(Integer.MAX_VALUE)
public final class TimeLimitExceededMapper implements ExceptionMapper<TimeLimitExceededException> {
    @Context
    private HttpHeaders headers;

    /** Creates the mapper; called by the server or the application. */
    public TimeLimitExceededMapper() {
        // public, as servers create it
    }

    @Override
    public Response toResponse(TimeLimitExceededException exceeded) {
        return Problem.TIMEOUT.response(headers, Problem.UNKNOWN);
    }
}
