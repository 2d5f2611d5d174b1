// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.coffee;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** The pages of the shop, as an introduction to MicroProfile Fault Tolerance would write them. */
@Path("")
@ApplicationScoped
public class Coffees {
    private static final int NAMES_OF_PACKAGE = 3;

    @Inject
    private Roastery roastery;

    @GET
    @Path("menu")
    @Retry(maxRetries = 4, jitter = 0)
    public String menu() {
        return roastery.ask("menu");
    }

    @GET
    @Path("recommendations")
    @Timeout(20_000)
    @Fallback(fallbackMethod = "bestSellers")
    public String recommendations(@QueryParam("millis") @DefaultValue("0") long millis) throws InterruptedException {
        Thread.sleep(millis);
        return "recommended";
    }

    /** Instead of a recommendation. */
    public String bestSellers(long millis) {
        return "best seller";
    }

    @GET
    @Path("stock")
    @CircuitBreaker(requestVolumeThreshold = 4, delay = 60_000)
    public String stock() {
        return roastery.ask("in stock");
    }

    @GET
    @Path("table")
    @Bulkhead(1)
    public String table() throws InterruptedException, TimeoutException {
        return roastery.delivery();
    }

    @GET
    @Path("order")
    @Asynchronous
    @Bulkhead(value = 1, waitingTaskQueue = 1)
    public CompletionStage<String> order() throws InterruptedException, TimeoutException {
        return CompletableFuture.completedFuture(roastery.delivery());
    }

    /** Returns the packages of all classes that take part in a call. */
    @GET
    @Path("packages")
    @Retry
    public String packages() {
        return StackWalker.getInstance()
                .walk(frames -> frames.flatMap(frame -> Stream.of(frame.getClassName())
                                .map(name -> Stream.of(name.split("\\."))
                                        .limit(NAMES_OF_PACKAGE)
                                        .collect(Collectors.joining("."))))
                        .distinct()
                        .collect(Collectors.joining("\n")));
    }

    // ---- the roastery

    @GET
    @Path("calls")
    public int calls() {
        return roastery.calls();
    }

    @POST
    @Path("failing")
    public void fail(@QueryParam("times") int times) {
        roastery.fail(times);
    }

    @POST
    @Path("delivery")
    public void deliver() {
        roastery.deliver();
    }
}
