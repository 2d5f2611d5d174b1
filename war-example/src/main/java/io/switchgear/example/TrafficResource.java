package io.switchgear.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The knob of the shoppers. */
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
    public Traffic become(String body) {
        shoppers.become(Traffic.parse(body));
        return shoppers.traffic();
    }
}
