// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.hanging;

import io.switchgear.CircuitOpenException;
import io.switchgear.TimeLimitExceededException;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;

@Path("/")
public class Pages {
    @Inject
    Service service;

    @GET
    @Path("quick")
    public String quick() {
        return "quick";
    }

    @GET
    @Path("guarded")
    public String guarded() throws InterruptedException {
        try {
            return service.guarded();
        } catch (CircuitOpenException | TimeLimitExceededException unavailable) {
            throw new ServiceUnavailableException();
        }
    }

    @GET
    @Path("unguarded")
    public String unguarded() throws InterruptedException {
        return service.unguarded();
    }

    @POST
    @Path("hang")
    public void hang() {
        service.hang();
    }

    @POST
    @Path("repair")
    public void repair() {
        service.repair();
    }
}
