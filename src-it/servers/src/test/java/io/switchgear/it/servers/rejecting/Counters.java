// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.rejecting;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

@Path("")
@RequestScoped
public class Counters {
    @Inject
    private Desk desk;

    @Inject
    private Clerk clerk;

    @GET
    @Path("bean")
    public String bean() {
        return desk.ask();
    }

    @GET
    @Path("sessionbean")
    public String sessionBean() {
        return clerk.ask();
    }

    @GET
    @Path("passed")
    public String passed() {
        return clerk.passOn();
    }

    @GET
    @Path("resource")
    @CircuitBreaking(name = "resource", failureThreshold = 1, openMillis = 90_000)
    public String resource() {
        throw new IllegalStateException("backend-7 is down");
    }

    /** A failure that is no rejection. */
    @GET
    @Path("failure")
    public String failure() {
        throw new IllegalStateException("backend-7 is down");
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        return desk.askLater();
    }

    @GET
    @Path("derived")
    public CompletionStage<String> derived() {
        return desk.askLater().thenApply(String::strip);
    }

    /** The exception of a future is wrapped in one that the mapper is not for. */
    @GET
    @Path("waited")
    public String waited() throws ExecutionException, InterruptedException {
        return desk.askLater().toCompletableFuture().get();
    }
}
