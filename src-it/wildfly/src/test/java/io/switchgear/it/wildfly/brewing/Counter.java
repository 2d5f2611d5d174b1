// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.brewing;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Calls the session bean, and says what it threw. */
@Path("counter")
@ApplicationScoped
public class Counter {
    @Inject
    private Barista barista;

    @GET
    @Path("latte")
    public String latte() {
        try {
            return barista.latte();
        } catch (EJBException failed) {
            return "EJBException with "
                    + failed.getCausedByException().getClass().getSimpleName();
        }
    }
}
