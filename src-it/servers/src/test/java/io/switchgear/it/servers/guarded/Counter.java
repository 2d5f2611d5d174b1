// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.guarded;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource that calls beans with request and session scope. */
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
