// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.rejecting;

import io.switchgear.CircuitOpenException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A mapper of the application for rejections. */
@Provider
public class Teapot implements ExceptionMapper<CircuitOpenException> {
    @Override
    public Response toResponse(CircuitOpenException rejected) {
        return Response.status(418).build();
    }
}
