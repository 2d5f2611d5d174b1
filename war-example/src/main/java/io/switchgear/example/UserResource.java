// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** The users of the shop. */
@Path("users/{id}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class UserResource {
    @Inject
    private Users users;

    @GET
    public User user(@PathParam("id") long id) {
        return users.find(id).orElseThrow(NotFoundException::new);
    }

    @GET
    @Path("points")
    public CompletionStage<Points> points(@PathParam("id") long id) {
        return users.points(id);
    }
}
