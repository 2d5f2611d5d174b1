// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The orders of the shop. PUT is idempotent. */
@Path("orders/{id: [A-Za-z0-9-]{1,64}}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrderResource {
    private static final Parameter USER = new Parameter("userId", 1, Users.COUNT);
    private static final Parameter PRODUCT = new Parameter("productId", 1, Products.COUNT);

    @Inject
    private Orders orders;

    @Inject
    private OrderBook book;

    /** Returns an order as the backend has it, without a call of the backend. */
    @GET
    public Order order(@PathParam("id") String id) {
        return book.find(id).orElseThrow(NotFoundException::new);
    }

    @PUT
    public Order place(@PathParam("id") String id, String body) {
        var wanted = Parameter.settings(body);
        return orders.place(new Order(id, USER.valueIn(wanted), PRODUCT.valueIn(wanted)));
    }
}
