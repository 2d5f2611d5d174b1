// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.BulkheadFullException;
import io.switchgear.CircuitBreakers;
import io.switchgear.Guard;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.status.BulkheadSnapshot;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A bulkhead in a guard built in code, within the breaker. */
@Timeout(60)
class GuardWithBulkheadTest {
    private final TestShop shop = new TestShop();
    private final CircuitBreakers breakers = shop.breakers();

    @AfterEach
    void close() {
        shop.close();
        assertThat(TestShop.mbeans()).isEmpty();
    }

    private Guard.Builder<String> guard() {
        return breakers.<String>guard("rates").breaker(TestShop.SETTINGS);
    }

    private static BulkheadSnapshot seen(Guard<String> guard) {
        return guard.bulkheads().orElseThrow().snapshot();
    }

    @Test
    void itIsAnMBeanUntilTheGuardIsClosed() throws Exception {
        Guard<String> guard = guard().bulkhead(BulkheadSettings.defaults()).build();
        assertThat(TestShop.mbeans()).contains("Bulkheads rates");
        assertThatThrownBy(() -> guard().bulkhead(BulkheadSettings.defaults()).build())
                .hasMessage("name \"rates\" is that of a bulkhead already; choose another name, or close the guard that"
                        + " has it");
        guard.close();
        assertThat(TestShop.mbeans()).containsExactly("CircuitBreakers");
        assertThat(guard.call(() -> "still")).isEqualTo("still");
    }

    @Test
    void whatItRejectsIsAFailureOfTheBreaker() throws Exception {
        Guard<String> guard =
                guard().bulkhead(new BulkheadSettings(true, 1, 0, 0)).build();
        CompletableFuture<String> running = new CompletableFuture<>();
        CompletionStage<String> first = guard.callAsync(() -> running);
        assertThatThrownBy(() -> guard.call(() -> "no")).isInstanceOf(BulkheadFullException.class);
        assertThat(guard.callAsync(() -> CompletableFuture.completedStage("no")).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10));
        assertThat(guard.breaker().orElseThrow().snapshot().failures()).isEqualTo(2);
        assertThat(seen(guard).rejected()).isEqualTo(2);
        running.complete("fine");
        assertThat(first.toCompletableFuture().get()).isEqualTo("fine");
        assertThat(guard.call(() -> "yes")).isEqualTo("yes");
    }

    @Test
    void anAsynchronousCallWaitsWithoutAThread() throws Exception {
        Guard<String> guard =
                guard().bulkhead(new BulkheadSettings(true, 1, 1, 0)).build();
        CompletableFuture<String> running = new CompletableFuture<>();
        CompletionStage<String> first = guard.callAsync(() -> running);
        CompletionStage<String> second = guard.callAsync(() -> CompletableFuture.completedStage("second"));
        assertThat(seen(guard).waitingCalls()).isEqualTo(1);
        assertThat(second.toCompletableFuture()).isNotDone();
        running.complete("first");
        assertThat(first.toCompletableFuture().get()).isEqualTo("first");
        assertThat(second.toCompletableFuture().get()).isEqualTo("second");
        assertThat(seen(guard).callsInFlight()).isZero();
        assertThat(guard.breaker().orElseThrow().snapshot().successes()).isEqualTo(2);
    }

    @Test
    void aFallbackReplacesWhatItRejects() throws Exception {
        Guard<String> guard = guard().bulkhead(new BulkheadSettings(true, 1, 0, 0))
                .fallback(failed -> "instead of " + failed.failure().getClass().getSimpleName())
                .build();
        CompletableFuture<String> running = new CompletableFuture<>();
        CompletionStage<String> first = guard.callAsync(() -> running);
        assertThat(guard.call(() -> "no")).isEqualTo("instead of BulkheadFullException");
        running.complete("fine");
        assertThat(first.toCompletableFuture().get()).isEqualTo("fine");
    }

    @Test
    void aGuardMayHaveNothingElse() throws Exception {
        Guard<String> guard = breakers.<String>guard("alone")
                .bulkhead(BulkheadSettings.defaults())
                .build();
        assertThat(guard.call(() -> "fine")).isEqualTo("fine");
        assertThat(seen(guard).admitted()).isEqualTo(1);
    }

    @Test
    void aRetryThatWaitsLeavesTheQueueWhenItsCallIsCancelled() {
        Guard<String> guard = guard().bulkhead(new BulkheadSettings(true, 1, 2, 0))
                .retry(RetrySettings.defaults().delayMillis(0))
                .build();
        CompletableFuture<String> firstAttempt = new CompletableFuture<>();
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<String> cancelled = guard.callAsync(() -> {
                    attempts.incrementAndGet();
                    return firstAttempt;
                })
                .toCompletableFuture();
        CompletableFuture<String> next = new CompletableFuture<>();
        guard.callAsync(() -> next);
        firstAttempt.completeExceptionally(new IllegalStateException("down"));
        await().until(() -> seen(guard).waitingCalls() == 1);

        cancelled.cancel(true);
        assertThat(seen(guard).waitingCalls()).isZero();
        next.complete("");

        assertThat(attempts).hasValue(1);
        await().until(() -> seen(guard).callsInFlight() == 0);
    }
}
