package io.switchgear.it.wildfly.layered;

import io.switchgear.CacheKey;
import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bean whose calls come back later, and one that remembers. */
@ApplicationScoped
public class Courier {
    /** Stands in for it. */
    @ApplicationScoped
    public static class Pigeon implements FallbackHandler<CompletionStage<String>> {
        @Override
        public CompletionStage<String> handle(FailedCall call) {
            return CompletableFuture.completedFuture("by pigeon after " + call.attempts());
        }
    }

    @Inject
    private Service service;

    /**
     * The thread's loader tells whether a retry runs as a part of the application, though a failure comes from a thread
     * that knows nothing of it.
     */
    @Retrying(delayMillis = 20)
    @FallingBack(handler = Pigeon.class)
    public CompletionStage<String> send() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        boolean known = loader != null && loader.getResource("io/switchgear/it/wildfly/layered/Courier.class") != null;
        Thread stranger = new Thread(() -> {
            try {
                answer.complete(service.answer() + (known ? " at home" : " abroad"));
            } catch (IllegalStateException failed) {
                answer.completeExceptionally(failed);
            }
        });
        stranger.setContextClassLoader(null);
        stranger.start();
        return answer;
    }

    @FallingBack(lastGood = true)
    public String price(@CacheKey String article, long nonce) {
        return article + " by " + service.answer();
    }
}
