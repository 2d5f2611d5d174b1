// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.hanging;

import io.switchgear.CircuitBreaking;
import io.switchgear.TimeLimiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client of a service that can be made to hang. */
@ApplicationScoped
public class Service {
    private volatile CountDownLatch end = new CountDownLatch(0);

    /** Lets all calls that begin from now on hang, until {@link #repair} or for 8 s, so that no thread stays lost. */
    public void hang() {
        end = new CountDownLatch(1);
    }

    public void repair() {
        end.countDown();
    }

    public String unguarded() throws InterruptedException {
        return end.await(8, TimeUnit.SECONDS) ? "answer" : "late answer";
    }

    @CircuitBreaking(name = "service", openMillis = 1_000, maxConcurrentCalls = 10)
    @TimeLimiting(limitMillis = 300, trialLimitMillis = 100)
    public String guarded() throws InterruptedException {
        return unguarded();
    }
}
