// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitOpenException;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

@ApplicationPath("/")
public class Rest extends Application {
    @Provider
    public static class Rejected implements ExceptionMapper<CircuitOpenException> {
        @Override
        public Response toResponse(CircuitOpenException rejected) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE).build();
        }
    }
}
