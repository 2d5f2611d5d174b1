// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.failing;

import io.switchgear.it.servers.guarded.Backend;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;

/** A resource that is a bean, in an application without this library. */
@Path("room")
@RequestScoped
public class Room {
    @Inject
    Backend backend;

    @GET
    public String enter() {
        return backend.respond();
    }

    /** The application of the resource. */
    @ApplicationPath("/")
    public static class Rooms extends Application {}
}
