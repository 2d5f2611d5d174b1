// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.guard.GuardLayers;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.status.CircuitState;
import io.switchgear.time.JdkScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a service within calls under the service's own breaker and retry. */
class RequestsWithinCallsTest {
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().delay(Duration.ZERO).budgetPercent(0).minRetriesPerSecond(1_000);

    private static TestService service(RawBackend.Answer answer, UnaryOperator<BreakerSettings.Builder> settings)
            throws IOException {
        return new TestService(answer, settings, TestService.timeout(5_000), AT_ONCE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60_000})
    void aFailedRequestCountsOnceOnBothLevels(long slowCallMillis) throws Exception {
        try (TestService service = new TestService(
                RawBackend.reset(), s -> s.slowCallMillis(slowCallMillis), TestService.timeout(5_000))) {
            for (int request = 1; request <= 4; request++) {
                assertThatThrownBy(() -> service.breaker.call(() -> service.send("/x")))
                        .isInstanceOf(IOException.class);
                assertThat(service.seen().failures()).isEqualTo(request);
            }
            assertThat(service.state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void anotherFailureAfterAGoodResponseCounts() throws Exception {
        try (TestService service = service(RawBackend.ok("fine"), s -> s)) {
            assertThatThrownBy(() -> service.breaker.call(() -> {
                        service.send("/x");
                        throw new IllegalStateException("not understood");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }

    @Test
    void aRequestWithinATrialIsPartOfIt() throws Exception {
        try (TestService service =
                service(RawBackend.ok("fine"), s -> s.halfOpenMaxCalls(1).successThreshold(1))) {
            service.breaker.forceOpen("test");
            service.breaker.automatic();
            assertThat(service.breaker.call(() -> service.send("/x")).body()).isEqualTo("fine");
            assertThat(service.state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void aRequestWithinATrialFailsIt() throws Exception {
        try (TestService service = new TestService(
                RawBackend.reset(), s -> s.halfOpenMaxCalls(1).successThreshold(1), TestService.timeout(5_000))) {
            service.breaker.forceOpen("test");
            service.breaker.automatic();
            assertThatThrownBy(() -> service.breaker.call(() -> service.send("/x")))
                    .isInstanceOf(IOException.class);
            assertThat(service.state()).isEqualTo(CircuitState.OPEN);
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }

    @Test
    void aRequestWithinACallTakesNoPlace() throws Exception {
        try (TestService service = service(RawBackend.ok("fine"), s -> s.maxConcurrentCalls(1))) {
            for (int i = 0; i < 3; i++) {
                assertThat(service.breaker.call(() -> service.send("/x")).body())
                        .isEqualTo("fine");
            }
        }
    }

    @Test
    void aRequestWithinAnAttemptOfTheSameRetryIsSentOnceForEach() throws Exception {
        try (TestService service = service(RawBackend.reset(), s -> s.failureThreshold(100))) {
            GuardPipeline<Callable<?>> guard = new GuardPipeline<>(
                    Object.class,
                    GuardLayers.on(new JdkScheduler()).with(service.breaker).with(service.retries()));
            assertThatThrownBy(() -> guard.call(Callable::call, () -> service.send("/x")))
                    .isInstanceOf(IOException.class);
            assertThat(service.totals().requests()).isEqualTo(3);
            assertThat(service.totals().retries()).isZero();
            assertThat(service.retries().snapshot().attempts()).isEqualTo(3);
            assertThat(service.seen().failures()).isEqualTo(3);
        }
    }
}
