// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Maps a call that reached the backend and failed there to 502. */
@Provider
public class BackendFailureMapper implements ExceptionMapper<BackendException> {
    @Override
    public Response toResponse(BackendException failure) {
        return Problem.response(Status.BAD_GATEWAY, failure.getMessage()).build();
    }
}
