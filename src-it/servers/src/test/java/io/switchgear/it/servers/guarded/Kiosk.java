// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource without a scope, and therefore not a CDI bean. */
@Path("kiosk")
public class Kiosk {
    @Inject
    Backend backend;

    @GET
    @CircuitBreaking(failureThreshold = 2)
    public String buy() {
        return backend.respond();
    }
}
