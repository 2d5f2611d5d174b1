// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/** The conditions of the backends, of all or of one. A PUT changes those that it names. */
@Path("backend")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BackendResource {
    @Inject
    private Backends backends;

    @GET
    public Map<String, Conditions> conditions() {
        Map<String, Conditions> conditions = new LinkedHashMap<>();
        backends.all().forEach((service, backend) -> conditions.put(service, backend.conditions()));
        return conditions;
    }

    @PUT
    public Map<String, Conditions> change(String body) {
        JsonObject settings = Parameter.settings(body);
        backends.changeAll(conditions -> conditions.with(settings));
        return conditions();
    }

    @GET
    @Path("{service}")
    public Conditions conditions(@PathParam("service") String service) {
        return backend(service).conditions();
    }

    /** Returns how many calls a backend has got. */
    @GET
    @Path("{service}/calls")
    public long calls(@PathParam("service") String service) {
        return backend(service).calls();
    }

    @PUT
    @Path("{service}")
    public Conditions change(@PathParam("service") String service, String body) {
        JsonObject settings = Parameter.settings(body);
        Backend backend = backend(service);
        backend.change(conditions -> conditions.with(settings));
        return backend.conditions();
    }

    private Backend backend(String service) {
        Backend backend = backends.all().get(service);
        if (backend == null) {
            String error = "the services are "
                    + String.join(", ", backends.all().keySet()) + ", but the path has " + Parameter.shown(service);
            throw new NotFoundException(
                    Problem.response(Status.NOT_FOUND, error).build());
        }
        return backend;
    }
}
