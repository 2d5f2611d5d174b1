package io.switchgear.it.wildfly.hearing;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** What a test in another process asks for. */
@Path("/")
@RequestScoped
public class Counter {
    @Inject
    Desk desk;

    @Inject
    Siren siren;

    @Inject
    Sloth sloth;

    /** Answers the status that the transaction of the business ended with. */
    @GET
    @Path("trade")
    public int trade() {
        AtomicInteger end = new AtomicInteger();
        desk.trade(end::set);
        return end.get();
    }

    @GET
    @Path("heard")
    public String heard() {
        return String.join("\n", siren.heard());
    }

    @GET
    @Path("sleep")
    public void sleep() {
        sloth.fallAsleep();
    }

    @GET
    @Path("wake")
    public void wake() {
        sloth.wake();
    }
}
