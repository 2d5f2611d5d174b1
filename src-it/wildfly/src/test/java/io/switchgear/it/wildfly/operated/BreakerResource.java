// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.operated;

import io.switchgear.ejb.BreakerOperations;
import io.switchgear.status.StatusReport;
import jakarta.ejb.EJB;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

// example-begin
@Path("breakers")
public class BreakerResource {
    @EJB
    private BreakerOperations operations;

    @GET
    public StatusReport all() {
        return operations.report();
    }
}
// example-end
