// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Maps a stream of events too many to 503. */
@Provider
public class TooManyStreamsMapper implements ExceptionMapper<TooManyStreamsException> {
    @Override
    public Response toResponse(TooManyStreamsException refused) {
        return Problem.response(Status.SERVICE_UNAVAILABLE, refused.getMessage())
                .header(HttpHeaders.RETRY_AFTER, 10)
                .build();
    }
}
