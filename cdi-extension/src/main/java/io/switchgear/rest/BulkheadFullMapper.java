// SPDX-License-Identifier: Apache-2.0
package io.switchgear.rest;

import io.switchgear.BulkheadFullException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Maps a call that a bulkhead rejected to 503 Service Unavailable without {@code Retry-After}, with a problem by RFC
 * 9457 as the body, which names no bulkhead. Otherwise like {@link CircuitOpenMapper}.
 *
 * @since 0.1
 */
@Priority(Integer.MAX_VALUE)
public final class BulkheadFullMapper implements ExceptionMapper<BulkheadFullException> {
    @Context
    private HttpHeaders headers;

    /** Creates the mapper; called by the server or the application. */
    public BulkheadFullMapper() {
        // public, as servers create it
    }

    @Override
    public Response toResponse(BulkheadFullException rejected) {
        return Problem.UNAVAILABLE.response(headers, Problem.UNKNOWN);
    }
}
