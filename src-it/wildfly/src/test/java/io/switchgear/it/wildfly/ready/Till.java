// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.ready;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Resources whose breakers open after one failure, for a day, and close after one success. */
@Path("/")
@RequestScoped
public class Till {
    @GET
    @Path("payments")
    @CircuitBreaking(name = "payments", failureThreshold = 1, openMillis = 86_400_000, successThreshold = 1)
    public String pay(@QueryParam("fail") boolean fails) {
        return respond(fails);
    }

    @GET
    @Path("newsletter")
    @CircuitBreaking(name = "newsletter", failureThreshold = 1, openMillis = 86_400_000, successThreshold = 1)
    public String subscribe(@QueryParam("fail") boolean fails) {
        return respond(fails);
    }

    private static String respond(boolean fails) {
        if (fails) {
            throw new IllegalStateException("down");
        }
        return "fine";
    }
}
