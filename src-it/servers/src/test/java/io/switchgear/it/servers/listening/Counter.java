// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.listening;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The resources for tests in another process. */
@Path("/")
@RequestScoped
public class Counter {
    @Inject
    Desk desk;

    @Inject
    Siren siren;

    @Inject
    Sloth sloth;

    /** Returns the final status of the transaction of a trade. */
    @GET
    @Path("trade")
    public int trade() {
        AtomicInteger end = new AtomicInteger();
        desk.trade(end::set);
        return end.get();
    }

    @GET
    @Path("received")
    public String received() {
        return String.join("\n", siren.received());
    }

    @GET
    @Path("block")
    public void block() {
        sloth.block();
    }

    @GET
    @Path("unblock")
    public void unblock() {
        sloth.unblock();
    }
}
