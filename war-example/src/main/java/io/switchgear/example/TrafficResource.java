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

/** The rate of simulated traffic, for the slider of the page. */
@Path("traffic")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TrafficResource {
    @Inject
    private Shoppers shoppers;

    @GET
    public Traffic traffic() {
        return shoppers.traffic();
    }

    @PUT
    public Traffic change(String body) {
        shoppers.change(Traffic.parse(body));
        return shoppers.traffic();
    }
}
