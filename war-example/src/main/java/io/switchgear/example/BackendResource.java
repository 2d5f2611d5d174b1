// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The conditions of the backend, for the sliders of the page. */
@Path("backend")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BackendResource {
    @Inject
    private Backend backend;

    @GET
    public Conditions conditions() {
        return backend.conditions();
    }

    @PUT
    public Conditions change(String body) {
        backend.change(Conditions.parse(body));
        return backend.conditions();
    }
}
