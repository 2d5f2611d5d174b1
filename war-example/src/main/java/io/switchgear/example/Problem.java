// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** The body of an error response, unless a breaker has rejected the call. */
public record Problem(String error) {
    static Response.ResponseBuilder response(Status status, String error) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(new Problem(error));
    }
}
