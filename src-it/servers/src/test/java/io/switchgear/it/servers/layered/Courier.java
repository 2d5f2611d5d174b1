// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers.layered;

import io.switchgear.CacheKey;
import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A bean with an asynchronous method and one with last good values. */
@ApplicationScoped
public class Courier {
    /** The fallback of {@link Courier#send}. */
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
     * Returns a stage that shows whether the attempt ran with the class loader of the application, although failures
     * come from a thread without it.
     */
    @Retrying(delayMillis = 20)
    @FallingBack(handler = Pigeon.class)
    public CompletionStage<String> send() {
        CompletableFuture<String> result = new CompletableFuture<>();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        boolean inside = loader != null && loader.getResource("io/switchgear/it/servers/layered/Courier.class") != null;
        Thread outside = new Thread(() -> {
            String value;
            try {
                value = respond(loader);
            } catch (IllegalStateException failed) {
                result.completeExceptionally(failed);
                return;
            }
            result.complete(value + (inside ? " inside" : " outside"));
        });
        outside.setContextClassLoader(null);
        outside.start();
        return result;
    }

    /** Calls the service with a class loader, as some servers have no beans without it. */
    private String respond(ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return service.respond();
        } finally {
            Thread.currentThread().setContextClassLoader(null);
        }
    }

    @FallingBack(lastGood = true)
    public String price(@CacheKey String article, long nonce) {
        return article + " by " + service.respond();
    }
}
