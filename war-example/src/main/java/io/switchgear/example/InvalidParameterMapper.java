// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Maps a value that a parameter does not accept to 400. */
@Provider
public class InvalidParameterMapper implements ExceptionMapper<InvalidParameterException> {
    @Override
    public Response toResponse(InvalidParameterException refused) {
        return Problem.response(Status.BAD_REQUEST, refused.getMessage()).build();
    }
}
