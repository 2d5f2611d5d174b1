// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.Guard;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import jakarta.persistence.NoResultException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guard in code behaves in one way, whichever layers it has. */
class GuardOutcomeTest {
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().with(Map.of(Setting.DELAY_MILLIS, 0, Setting.JITTER_PERCENT, 0));

    private final TestShop shop = new TestShop();
    private int calls;

    @AfterEach
    void close() {
        shop.close();
    }

    private Guard<Object> guard(String layers) {
        Guard.Builder<Object> builder = shop.breakers().guard("rates");
        for (String layer : layers.split(" ", -1)) {
            switch (layer) {
                case "breaker" -> builder.breaker(TestShop.SETTINGS);
                case "retry" -> builder.retry(AT_ONCE.maxAttempts(1));
                default -> builder.lastGood();
            }
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"breaker", "retry", "lastGood", "breaker retry", "breaker retry lastGood"})
    void anActionThatThrowsGivesAFailedStageAndOneWithoutAStageGivesNull(String layers) {
        try (Guard<Object> guard = guard(layers)) {
            CompletionStage<Object> failed = guard.callAsync(() -> {
                throw new IllegalStateException("no stage");
            });
            assertThatThrownBy(() -> failed.toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertThat(guard.callAsync(() -> null)).isCompletedWithValue(null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"breaker", "retry", "lastGood", "breaker retry lastGood"})
    void noActionIsRefusedBeforeAnythingIsCounted(String layers) {
        try (Guard<Object> guard = guard(layers)) {
            assertThatThrownBy(() -> guard.call(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> guard.callAsync("key", null)).isInstanceOf(NullPointerException.class);
            guard.breaker()
                    .map(CircuitBreaker::snapshot)
                    .ifPresent(shown -> assertThat(shown.calls()).isZero());
            guard.retries()
                    .ifPresent(
                            retries -> assertThat(retries.snapshot().attempts()).isZero());
        }
    }

    @Test
    void aStageThatACallReturnsIsRetried() throws Exception {
        try (Guard<CompletionStage<String>> guard = shop.breakers()
                .<CompletionStage<String>>guard("rates")
                .retry(AT_ONCE)
                .build()) {
            CompletionStage<String> result = guard.call(() -> ++calls < 3
                    ? CompletableFuture.failedFuture(new IOException("down"))
                    : CompletableFuture.completedFuture("up"));
            assertThat(result.toCompletableFuture().get()).isEqualTo("up");
            assertThat(calls).isEqualTo(3);
        }
    }

    private Guard.Builder<String> withFallback() {
        return shop.breakers()
                .<String>guard("rates")
                .breaker(BreakerSettings.defaults())
                .retry(AT_ONCE)
                .fallback(failed -> "instead");
    }

    @Test
    void refusedAccessAndANoReachTheCallerUnlessTheyAreNamed() throws Exception {
        try (Guard<String> guard = withFallback().build()) {
            for (RuntimeException thrown : List.of(new SecurityException("no"), new NoResultException("no"))) {
                assertThatThrownBy(() -> guard.call(() -> {
                            calls++;
                            throw thrown;
                        }))
                        .isSameAs(thrown);
            }
            assertThat(calls).as("nothing is retried").isEqualTo(2);
        }
        FailureRule named = new FailureRule(List.of(NoResultException.class), List.of());
        try (Guard<String> guard = withFallback().fallbackOn(named).build()) {
            assertThat(guard.call(() -> {
                        throw new NoResultException("no");
                    }))
                    .isEqualTo("instead");
        }
    }

    private static String fromElsewhere(Guard<String> guard) {
        try {
            return guard.call(() -> "never");
        } catch (Exception failed) {
            throw new CompletionException(failed);
        }
    }

    @Test
    void aRejectionIsReplacedWhicheverTheReasonAndWhoeverRejected() throws Exception {
        try (Guard<String> guard = withFallback()
                        .fallbackSettings(FallbackSettings.defaults().onlyWhenOpen(true))
                        .build();
                Guard<Object> inner = shop.breakers()
                        .guard("inner")
                        .breaker(BreakerSettings.defaults())
                        .build()) {
            inner.breaker().orElseThrow().forceOpen("tonight");
            assertThat(guard.call(() -> (String) inner.call(() -> "never"))).isEqualTo("instead");
            guard.breaker()
                    .orElseThrow()
                    .update(now -> now.toBuilder().maxConcurrentCalls(1).build());
            assertThat(guard.call(() -> CompletableFuture.supplyAsync(() -> fromElsewhere(guard))
                            .join()))
                    .isEqualTo("instead");
            assertThatThrownBy(() -> guard.call(() -> {
                        throw new IOException("down");
                    }))
                    .isInstanceOf(IOException.class);
        }
    }
}
