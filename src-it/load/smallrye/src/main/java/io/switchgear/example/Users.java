// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** The users of the shop. */
@ApplicationScoped
public class Users {
    static final int COUNT = 4;

    private static final List<User> ALL = List.of(
            new User(1, "early bird"), new User(2, "night owl"), new User(3, "bookworm"), new User(4, "regular"));

    @Inject
    private Backends backends;

    @CircuitBreaker(requestVolumeThreshold = 10, successThreshold = 3)
    @Timeout(500)
    @Bulkhead(4)
    public Optional<User> find(long id) {
        return backends.users()
                .call(() -> ALL.stream().filter(user -> user.id() == id).findFirst());
    }

    /** Returns unknown points, as the load test does not ask for them. */
    public CompletionStage<Points> points(long userId) {
        return CompletableFuture.completedFuture(new Points(userId, null));
    }
}
