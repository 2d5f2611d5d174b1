package io.switchgear.example;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who shops here: a CDI bean with a guarded method that waits, and one that does not and has a stand-in. */
@ApplicationScoped
public class Users {
    static final int COUNT = 4;

    private static final List<User> ALL = List.of(
            new User(1, "early bird"), new User(2, "night owl"), new User(3, "bookworm"), new User(4, "regular"));

    @Inject
    private Backend backend;

    @Resource
    private ManagedExecutorService executor;

    /** Opens after five failures in a row; the breaker is named after the method. */
    @CircuitBreaking(openMillis = 10_000)
    public Optional<User> find(long id) {
        return backend.ask(() -> ALL.stream().filter(user -> user.id() == id).findFirst());
    }

    /** Is judged when the stage completes. Nobody is kept from shopping because points are not known. */
    @CircuitBreaking(name = "loyalty-points", openMillis = 10_000)
    @FallingBack(method = "unknownPoints")
    public CompletionStage<Points> points(long userId) {
        return CompletableFuture.supplyAsync(
                () -> backend.ask(() -> new Points(userId, Math.floorMod(userId * 137, 1_000))), executor);
    }

    @SuppressWarnings("unused") // called by its name
    private CompletionStage<Points> unknownPoints(long userId) {
        return CompletableFuture.completedFuture(new Points(userId, null));
    }
}
