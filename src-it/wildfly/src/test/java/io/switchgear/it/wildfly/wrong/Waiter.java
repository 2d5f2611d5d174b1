package io.switchgear.it.wildfly.wrong;

import io.switchgear.Retrying;
import jakarta.ejb.Stateless;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Would be called again when its instance is somebody else's. */
@Stateless
public class Waiter {
    @Retrying
    public CompletionStage<String> serve() {
        return CompletableFuture.completedFuture("");
    }
}
