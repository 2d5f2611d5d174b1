// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.operated;

import io.switchgear.ejb.BreakerOperations;
import jakarta.ejb.EJB;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** Operates breakers as the user that the server has authenticated. */
@Path("operations/{operation}")
public class OperationsResource {
    @EJB
    private BreakerOperations operations;

    @GET
    public String act(
            @PathParam("operation") String operation,
            @QueryParam("name") String name,
            @QueryParam("value") @DefaultValue("7") String value) {
        return Actions.act(operations, operation, name, value);
    }
}
