// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static io.switchgear.it.Failures.down;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CacheKey;
import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.FallingBack;
import io.switchgear.status.CircuitState;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The failures that have a fallback, and how a call with a fallback counts. */
@SuppressWarnings("unused") // fallback methods are called by their names
class FallingBackTest {
    @ApplicationScoped
    public static class Prices {
        private boolean broken;

        void breakDown() {
            broken = true;
        }

        @FallingBack(lastGood = true)
        public String ofAll(String article, int[] sizes) throws IOException {
            return broken ? down() : article + sizes.length;
        }

        @FallingBack(lastGood = true, method = "unknown")
        public CompletionStage<String> ofArticle(@CacheKey String article, Object caller) {
            return broken
                    ? CompletableFuture.failedFuture(new IOException("down"))
                    : CompletableFuture.completedFuture(article + " for " + caller);
        }

        private CompletionStage<String> unknown(String article, Object caller) {
            return CompletableFuture.completedFuture("?");
        }
    }

    @Test
    void theLastGoodValueIsUsedForTheSameArgumentsOrTheSameKey() throws Exception {
        try (Application application = new Application(Prices.class)) {
            Prices prices = application.get(Prices.class);
            assertThat(prices.ofAll("pen", new int[] {1})).isEqualTo("pen1");
            assertThat(prices.ofArticle("pen", "me").toCompletableFuture()).isCompletedWithValue("pen for me");
            prices.breakDown();
            assertThat(prices.ofAll("pen", new int[] {1})).isEqualTo("pen1");
            assertThatThrownBy(() -> prices.ofAll("pen", new int[] {2})).isInstanceOf(IOException.class);
            assertThat(prices.ofArticle("pen", "you").toCompletableFuture()).isCompletedWithValue("pen for me");
            assertThat(prices.ofArticle("ink", "me").toCompletableFuture()).isCompletedWithValue("?");
        }
    }

    @ApplicationScoped
    public static class Picky {
        @CircuitBreaking(failureThreshold = 1)
        @FallingBack(method = "closed", onlyWhenOpen = true)
        public String whenOpen() throws IOException {
            return down();
        }

        private String closed(CircuitOpenException rejection) {
            return rejection.name();
        }

        @FallingBack(method = "some", on = IOException.class, exceptOn = java.io.FileNotFoundException.class)
        public String sometimes(Exception thrown) throws Exception {
            throw thrown;
        }

        private String some(Exception thrown) {
            return "some";
        }
    }

    @Test
    void aFallbackAppliesToTheFailuresThatItIsDeclaredFor() throws Exception {
        try (Application application = new Application(Picky.class)) {
            Picky picky = application.get(Picky.class);
            assertThatThrownBy(picky::whenOpen).isInstanceOf(IOException.class);
            assertThat(picky.whenOpen()).isEqualTo("Picky#whenOpen()");
            assertThat(picky.sometimes(new IOException())).isEqualTo("some");
            assertThatThrownBy(() -> picky.sometimes(new java.io.FileNotFoundException()))
                    .isInstanceOf(java.io.FileNotFoundException.class);
            assertThatThrownBy(() -> picky.sometimes(new IllegalStateException()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** All methods share one breaker, also the fallback method. */
    @ApplicationScoped
    @CircuitBreaking(name = "users", failureThreshold = 2)
    public static class Everything {
        final AtomicInteger calls = new AtomicInteger();

        @FallingBack(method = "unknown")
        public CompletionStage<String> find(CompletableFuture<String> result) {
            calls.incrementAndGet();
            return result;
        }

        public CompletionStage<String> unknown(CompletableFuture<String> result) {
            return CompletableFuture.completedFuture("unknown");
        }
    }

    @Test
    void aFallbackIsNotASeparateCallOnAnyThread() throws Exception {
        try (Application application = new Application(Everything.class)) {
            Everything bean = application.get(Everything.class);
            for (int i = 0; i < 2; i++) {
                CompletableFuture<String> response = new CompletableFuture<>();
                CompletionStage<String> result = bean.find(response);
                Thread service = new Thread(() -> response.completeExceptionally(new IOException("down")));
                service.start();
                service.join();
                assertThat(result.toCompletableFuture()).isCompletedWithValue("unknown");
            }
            assertThat(application.snapshot("users"))
                    .returns(2L, users -> users.failures())
                    .returns(0L, users -> users.successes())
                    .returns(CircuitState.OPEN, users -> users.state());
        }
    }
}
