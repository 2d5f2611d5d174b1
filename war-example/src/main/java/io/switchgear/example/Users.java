// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.TimeLimiting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The users of the shop: a CDI bean with a synchronous guarded method and an asynchronous one with a fallback. */
@ApplicationScoped
public class Users {
    static final int COUNT = 4;

    private static final List<User> ALL = List.of(
            new User(1, "early bird"), new User(2, "night owl"), new User(3, "bookworm"), new User(4, "regular"));

    @Inject
    private Backends backends;

    @Inject
    private Threads threads;

    /** Returns a user. The breaker, named after the method, opens after five consecutive failures. */
    @CircuitBreaking(openMillis = 10_000)
    @TimeLimiting
    public Optional<User> find(long id) {
        return backends.users()
                .call(() -> ALL.stream().filter(user -> user.id() == id).findFirst());
    }

    /**
     * Returns the points of a user, judged when the stage completes; unknown points are no reason to fail. The time
     * limit includes the wait for a thread of the executor. A trial has less time, so that a backend that still hangs
     * is found out soon.
     */
    @CircuitBreaking(name = "loyalty-points", openMillis = 10_000)
    @TimeLimiting(trialLimitMillis = 200)
    @FallingBack(method = "unknownPoints")
    public CompletionStage<Points> points(long userId) {
        return CompletableFuture.supplyAsync(
                () -> backends.users().call(() -> new Points(userId, Math.floorMod(userId * 137, 1_000))),
                threads.points());
    }

    @SuppressWarnings("unused") // called by its name
    private CompletionStage<Points> unknownPoints(long userId) {
        return CompletableFuture.completedFuture(new Points(userId, null));
    }
}
