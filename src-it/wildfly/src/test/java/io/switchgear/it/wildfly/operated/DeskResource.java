// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.operated;

import jakarta.ejb.EJB;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Map;

@Path("desk/{who}/{operation}")
public class DeskResource {
    @EJB
    private OperatorDesk operator;

    @EJB
    private ReaderDesk reader;

    @EJB
    private StrangerDesk stranger;

    @GET
    public String act(
            @PathParam("who") String who,
            @PathParam("operation") String operation,
            @QueryParam("name") String name,
            @QueryParam("value") @DefaultValue("7") String value) {
        return Map.of("operator", operator, "reader", reader, "stranger", stranger)
                .get(who)
                .act(operation, name, value);
    }
}
