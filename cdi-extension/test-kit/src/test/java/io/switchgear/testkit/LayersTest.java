// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import static io.switchgear.testkit.SwitchgearAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.Guard;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tests that each layer of a guard lives in the time of the test. */
@SwitchgearTest
class LayersTest {
    private static final RetrySettings STEADY = RetrySettings.defaults()
            .maxDurationMillis(0)
            .backoffFactor(1)
            .maxAttempts(3)
            .delayMillis(60_000)
            .jitterPercent(0);

    private int attempts;

    private String failing() {
        attempts++;
        throw new IllegalStateException("attempt " + attempts);
    }

    @Test
    void aPauseBeforeARetryAdvancesTheClock(VirtualClock clock, CircuitBreakers breakers) {
        Guard<String> guard = breakers.<String>guard("orders")
                .retry(STEADY)
                .fallback(call -> "instead")
                .build();
        assertThatNoTimePasses(() -> assertThat(guard.call(this::failing)).isEqualTo("instead"));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMinutes(2));
        assertThat(guard).hasRetried(2).hasFallenBack(1);
    }

    @Test
    void anAsynchronousCallIsRetriedWhenTheClockIsAdvanced(VirtualClock clock, CircuitBreakers breakers) {
        Guard<String> guard = breakers.<String>guard("orders").retry(STEADY).build();
        CompletableFuture<String> outcome = guard.callAsync(() -> {
                    attempts++;
                    return attempts < 3
                            ? CompletableFuture.failedFuture(new IllegalStateException("no"))
                            : CompletableFuture.completedFuture("third");
                })
                .toCompletableFuture();
        clock.advance(Duration.ofSeconds(59));
        assertThat(attempts).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(attempts).isEqualTo(2);
        clock.advance(Duration.ofMinutes(1));
        assertThat(outcome).isCompletedWithValue("third");
    }

    @Test
    void aCallThatTakesTooLongEndsAtItsLimit(VirtualClock clock, CircuitBreakers breakers) {
        Guard<String> guard = breakers.<String>guard("orders")
                .breaker(BreakerSettings.builder().failureThreshold(1).build())
                .timeLimit(TimeLimitSettings.defaults().limitMillis(2_000))
                .build();
        assertThatThrownBy(() -> guard.call(() -> {
                    clock.advance(Duration.ofSeconds(30));
                    return "too late";
                }))
                .isInstanceOf(TimeLimitExceededException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(guard).hasExceededLimit(1).breaker().isOpen().hasFailed(1);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        States.put(guard.breaker().orElseThrow(), CircuitState.CLOSED);
        CompletableFuture<String> limited = guard.callAsync(() -> outcome).toCompletableFuture();
        clock.advance(Duration.ofMillis(1_999));
        assertThat(limited).isNotDone();
        clock.advance(Duration.ofMillis(1));
        assertThat(limited).isCompletedExceptionally();
    }

    @Test
    void aCallThatWaitsForAPlaceGivesUpInTheTimeOfTheTest(VirtualClock clock, CircuitBreakers breakers) {
        Guard<String> guard = breakers.<String>guard("orders")
                .bulkhead(new BulkheadSettings(true, 1, 1, 5_000))
                .build();
        CompletableFuture<String> first = new CompletableFuture<>();
        assertThat(guard.callAsync(() -> first).toCompletableFuture()).isNotDone();
        CompletableFuture<String> second =
                guard.callAsync(CompletableFuture::new).toCompletableFuture();
        clock.advance(Duration.ofMillis(4_999));
        assertThat(second).isNotDone();
        clock.advance(Duration.ofMillis(1));
        assertThat(second).isCompletedExceptionally();
        assertThat(guard).hasRejectedAsFull(1);
    }

    @Test
    void aCallThatWaitsOnItsOwnThreadSeesWithinASecondThatTheClockHasAdvanced(
            VirtualClock clock, CircuitBreakers breakers) throws Exception {
        CircuitBreaker breaker = breakers.create(
                "orders",
                BreakerSettings.builder()
                        .maxConcurrentCalls(1)
                        .maxWaitingCalls(1)
                        .maxWaitMillis(3_600_000)
                        .build());
        breaker.run(() -> {
            CompletableFuture<Void> waiting =
                    CompletableFuture.runAsync(() -> breaker.run(() -> {}), task -> new Thread(task).start());
            while (breaker.snapshot().waitingCalls() == 0) {
                Thread.onSpinWait();
            }
            clock.advance(Duration.ofHours(1));
            // twice the second, as other tests run at the same time
            assertThat(waiting)
                    .failsWithin(Duration.ofSeconds(2))
                    .withThrowableThat()
                    .withMessageContaining("orders");
        });
    }

    @Test
    void aLastGoodValueAges(VirtualClock clock, CircuitBreakers breakers) throws Exception {
        Guard<String> guard = breakers.<String>guard("orders")
                .lastGood()
                .fallbackSettings(FallbackSettings.defaults().ttlMillis(60_000))
                .build();
        guard.call(() -> "good");
        clock.advance(Duration.ofMillis(59_999));
        assertThat(guard.call(this::failing)).isEqualTo("good");
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> guard.call(this::failing)).hasMessage("attempt 2");
    }

    @Test
    void aForcedModeEndsAndEventsCarryTheTimeOfTheTest(VirtualClock clock, CircuitBreakers breakers) {
        CircuitBreaker breaker = breakers.create("orders", BreakerSettings.defaults());
        List<CircuitTransition> seen = new ArrayList<>();
        breaker.listen(seen::add);
        clock.advance(Duration.ofMinutes(1));
        breaker.setMode(BreakerMode.FORCED_OPEN, Duration.ofMinutes(5), "repairs");
        assertThat(seen).singleElement().extracting(CircuitTransition::at).isEqualTo(clock.instant());
        assertThat(breaker.snapshot().modeUntil()).isEqualTo(Instant.parse("2026-01-01T00:06:00Z"));
        clock.advance(Duration.ofMinutes(5));
        breaker.run(() -> {});
        assertThat(breaker).hasMode(BreakerMode.AUTOMATIC).isHalfOpen();
    }

    private static void assertThatNoTimePasses(org.assertj.core.api.ThrowableAssert.ThrowingCallable code) {
        long before = System.nanoTime();
        org.assertj.core.api.Assertions.assertThatCode(code).doesNotThrowAnyException();
        // a pause of real time would be two minutes
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMinutes(1));
    }
}
