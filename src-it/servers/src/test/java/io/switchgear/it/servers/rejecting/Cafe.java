// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.rejecting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** A resource with annotations of MicroProfile Fault Tolerance. */
@Path("cafe")
@ApplicationScoped
public class Cafe {
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch taken = new CountDownLatch(1);

    @GET
    @Path("breaker")
    @CircuitBreaker(requestVolumeThreshold = 1, delay = 90_000)
    public String guarded() {
        throw new IllegalStateException("backend-7 is down");
    }

    @GET
    @Path("timeout")
    @Timeout(20)
    public String limited() throws InterruptedException {
        closing.await();
        return "late";
    }

    /** Keeps the only place until {@link #close}. */
    @GET
    @Path("table")
    @Bulkhead(1)
    public String table() throws InterruptedException {
        taken.countDown();
        closing.await();
        return "paid";
    }

    /** Returns when the table is taken. */
    @GET
    @Path("taken")
    public String taken() throws InterruptedException {
        taken.await();
        return "taken";
    }

    @GET
    @Path("close")
    public String close() {
        closing.countDown();
        return "closed";
    }
}
