// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("shelf")
@RequestScoped
public class Shelf {
    @Inject
    Backend backend;

    @GET
    @CircuitBreaking(failureThreshold = 2)
    public String look() {
        return backend.respond();
    }
}
