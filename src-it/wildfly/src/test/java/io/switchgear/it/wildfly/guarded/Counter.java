package io.switchgear.it.wildfly.guarded;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Where a request meets the beans that live as long as it or its session. */
@Path("counter")
@RequestScoped
public class Counter {
    @Inject
    Visit visit;

    @Inject
    Basket basket;

    @GET
    @Path("visit")
    public String visit() {
        return visit.greet();
    }

    @GET
    @Path("basket")
    public String basket() {
        return basket.price();
    }
}
