// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The payments of orders. PUT is idempotent. */
@Path("payments/{orderId: [A-Za-z0-9-]{1,64}}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PaymentResource {
    private static final Parameter CENTS = new Parameter("cents", 1, 1_000_000);

    @Inject
    private Payments payments;

    @PUT
    public Receipt pay(@PathParam("orderId") String orderId, String body) {
        return payments.pay(orderId, CENTS.valueIn(Parameter.settings(body)));
    }
}
