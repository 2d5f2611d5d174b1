// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.rejecting;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A CDI bean whose service is down. */
@ApplicationScoped
public class Desk {
    @CircuitBreaking(name = "bean", failureThreshold = 1, openMillis = 90_000)
    public String ask() {
        throw new IllegalStateException("backend-7 is down");
    }

    @CircuitBreaking(name = "stage", failureThreshold = 1, openMillis = 90_000)
    public CompletionStage<String> askLater() {
        return CompletableFuture.failedFuture(new IllegalStateException("backend-7 is down"));
    }
}
