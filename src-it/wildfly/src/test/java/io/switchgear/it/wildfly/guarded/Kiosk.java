package io.switchgear.it.wildfly.guarded;

import io.switchgear.CircuitBreaking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Without a scope: by the rules of CDI no bean. */
@Path("kiosk")
public class Kiosk {
    @Inject
    Backend backend;

    @GET
    @CircuitBreaking(failureThreshold = 2)
    public String buy() {
        return backend.answer();
    }
}
