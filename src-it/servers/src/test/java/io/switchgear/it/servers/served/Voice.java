// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.served;

import io.switchgear.CircuitBreaking;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A resource without a scope, whose failure a provider without a scope maps. */
@Path("voice")
public class Voice {
    @GET
    @CircuitBreaking(name = "resource")
    public String speak() {
        throw new IllegalArgumentException("hoarse");
    }

    @ApplicationPath("rest")
    public static class Rest extends Application {}

    @Provider
    public static class Mapper implements ExceptionMapper<IllegalArgumentException> {
        @Override
        @CircuitBreaking(name = "provider")
        public Response toResponse(IllegalArgumentException failure) {
            return Response.ok(failure.getMessage()).build();
        }
    }
}
