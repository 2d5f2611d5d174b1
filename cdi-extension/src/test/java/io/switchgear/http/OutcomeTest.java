// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.timeout;
import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which outcomes of requests count as failures of the service. */
class OutcomeTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 304, 400, 401, 404, 409, 429, 499})
    void aStatusBelow500IsASuccess(int status) throws Exception {
        try (TestService service = new TestService(RawBackend.status(status, "", "Location: /elsewhere"))) {
            assertThat(service.send("/x").statusCode()).isEqualTo(status);
            assertThat(service.seen().successes()).isEqualTo(1);
            assertThat(service.seen().failures()).isZero();
            assertThat(service.backend.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 502, 503, 504, 599})
    void aStatusOf500OrAboveIsAFailureAndIsReturned(int status) throws Exception {
        try (TestService service = new TestService(RawBackend.status(status, "broken"))) {
            HttpResponse<String> response = service.send("/x");
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).isEqualTo("broken");
            assertThat(service.seen().failures()).isEqualTo(1);
            assertThat(service.health().lastFailure()).isEqualTo("HTTP " + status);
        }
    }

    @Test
    void failuresOpenTheBreakerAndThenNothingIsSent() throws Exception {
        try (TestService service =
                new TestService(RawBackend.status(500, "broken"), s -> s.failureThreshold(2), timeout(5_000))) {
            service.send("/x");
            service.send("/x");
            assertThatThrownBy(() -> service.send("/x"))
                    .isExactlyInstanceOf(CircuitOpenException.class)
                    .hasMessageStartingWith("pay is OPEN for another ");
            assertThat(service.backend.requests()).hasSize(2);
            ServiceHealth health = service.health();
            assertThat(health.healthy()).isFalse();
            assertThat(health.failures()).isEqualTo(2);
            assertThat(health.rejected()).isEqualTo(1);
            assertThat(health.openRemainingMillis()).isBetween(1L, 60_000L);
        }
    }

    @Test
    void whatFollowsAResponseRunsOnAThreadOfTheClient() throws Exception {
        try (TestService service = new TestService(RawBackend.hold(RawBackend.ok("fine")))) {
            CompletableFuture<String> thread = service.sendAsync("/x")
                    .thenApply(response -> Thread.currentThread().getName());
            until(() -> service.backend.held() == 1);
            service.backend.release();
            assertThat(thread.get(5, TimeUnit.SECONDS)).startsWith("switchgear-http-worker-");
        }
    }

    @Test
    void aRejectionIsAFailedFuture() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            service.breaker.forceOpen("maintenance");
            CompletableFuture<HttpResponse<String>> rejected = service.sendAsync("/x");
            assertThatThrownBy(rejected::get)
                    .cause()
                    .isExactlyInstanceOf(CircuitOpenException.class)
                    .hasMessage("pay is forced open: maintenance");
        }
    }

    @Test
    void aRefusedConnectionIsAFailure() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            service.backend.refuse();
            assertThatThrownBy(() -> service.send("/x")).isInstanceOf(ConnectException.class);
            assertThat(service.seen().lastFailure()).isEqualTo("java.net.ConnectException");
            service.backend.accept();
            assertThat(service.send("/x").body()).isEqualTo("fine");
        }
    }

    @Test
    void aConnectionThatBreaksIsAFailure() throws Exception {
        fails(RawBackend.reset(), IOException.class);
        fails(RawBackend.halfClose(), IOException.class);
        fails(RawBackend.cutBody("the first half"), IOException.class);
        fails(RawBackend.resetInBody("the first half"), IOException.class);
    }

    @Test
    void whatDoesNotComeInTimeIsAFailure() throws Exception {
        fails(RawBackend.hang(), HttpTimeoutException.class);
        fails(RawBackend.hangInBody("the first half"), HttpTimeoutException.class);
        fails(RawBackend.slowBody("a body of which each byte takes long", 50), HttpTimeoutException.class);
    }

    private static void fails(RawBackend.Answer answer, Class<? extends IOException> with) throws Exception {
        try (TestService service = new TestService(answer, s -> s, timeout(300))) {
            assertThatThrownBy(() -> service.send("/x")).isInstanceOf(with);
            assertThat(service.seen().failures()).isEqualTo(1);
            assertThat(service.seen().callsInFlight()).isZero();
            assertThat(service.health().pendingRequests()).isZero();
            until(() -> service.backend.open() == 0);
        }
    }

    @Test
    void aSlowBodyWithinTheLimitIsFine() throws Exception {
        try (TestService service = new TestService(RawBackend.slowBody("slow", 20), s -> s, timeout(5_000))) {
            assertThat(service.send("/x").body()).isEqualTo("slow");
            assertThat(service.seen().successes()).isEqualTo(1);
        }
    }

    @Test
    void theTimeOutOfTheRequestItselfWins() throws Exception {
        try (TestService service = new TestService(RawBackend.hangInBody("half"), s -> s, timeout(86_400_000))) {
            HttpRequest request = service.client
                    .request("pay", "/x")
                    .timeout(Duration.ofMillis(200))
                    .build();
            assertThatThrownBy(() -> service.client.send("pay", request, BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("pay: GET took more than 200 ms");
        }
    }

    @Test
    void aStreamThatBreaksIsAFailureThoughTheResponseWasReturned() throws Exception {
        try (TestService service = new TestService(RawBackend.hold(RawBackend.cutBody("the first half")))) {
            CompletableFuture<HttpResponse<InputStream>> answered =
                    service.client.sendAsync("pay", service.get("/x"), BodyHandlers.ofInputStream());
            until(() -> service.backend.held() == 1);
            service.backend.release();
            InputStream body = answered.get(5, TimeUnit.SECONDS).body();
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }

    @Test
    void aStreamIsPendingUntilItIsReadToItsEnd() throws Exception {
        try (TestService service = new TestService(RawBackend.slowBody("slow", 100))) {
            InputStream body = service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofInputStream())
                    .body();
            assertThat(service.health().pendingRequests()).isEqualTo(1);
            assertThat(service.seen().successes()).isZero();
            assertThat(body).hasContent("slow");
            until(() -> service.seen().successes() == 1);
            assertThat(service.health().pendingRequests()).isZero();
        }
    }

    @Test
    void aStreamThatIsClosedEarlyIsASuccess() throws Exception {
        try (TestService service = new TestService(RawBackend.hangInBody("enough"))) {
            service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofInputStream())
                    .body()
                    .close();
            until(() -> service.backend.open() == 0);
            assertThat(service.seen().successes()).isEqualTo(1);
            assertThat(service.health().pendingRequests()).isZero();
        }
    }

    @Test
    void aReaderThatIsTooSlowIsNoFailureOfTheService() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("x".repeat(4_000_000)), s -> s, timeout(300))) {
            InputStream body = service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofInputStream())
                    .body();
            until(() -> service.health().pendingRequests() == 0);
            assertThat(service.seen().ignored()).isEqualTo(1);
            assertThat(service.seen().failures()).isZero();
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHandlerThatThrowsIsNoFailureOfTheServiceAndLeavesNoConnection() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("x".repeat(1_000_000)))) {
            assertThatThrownBy(() -> service.client.send("pay", service.get("/x"), head -> {
                        throw new IllegalStateException("no reader for this");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no reader for this");
            assertThat(service.seen().ignored()).isEqualTo(1);
            until(() -> service.backend.open() == 0);
        }
    }

    @Test
    void aBodyThatCannotBeParsedIsNoFailureOfTheService() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("no number"))) {
            assertThatThrownBy(() -> service.client.send(
                            "pay",
                            service.get("/x"),
                            head -> BodySubscribers.mapping(
                                    BodyHandlers.ofString().apply(head), Integer::valueOf)))
                    .isInstanceOf(NumberFormatException.class);
            assertThat(service.seen().ignored()).isEqualTo(1);
            assertThat(service.seen().failures()).isZero();
        }
    }

    @Test
    void aCallerThatCancelsFreesTheConnectionAndThePermit() throws Exception {
        try (TestService service = new TestService(RawBackend.hang())) {
            CompletableFuture<HttpResponse<String>> unwanted = service.sendAsync("/unwanted");
            until(() -> service.backend.requests().size() == 1);
            unwanted.cancel(true);
            until(() -> service.backend.hungUp().contains("/unwanted"));
            assertThat(service.seen().ignored()).isEqualTo(1);
            assertThat(service.health().pendingRequests()).isZero();
            assertThat(service.totals().cancelled()).isZero();
        }
    }

    @Test
    void aCallerWhoseOwnTimeOutIsOverFreesTheConnectionAndIsBelieved() throws Exception {
        try (TestService service = new TestService(RawBackend.hang())) {
            assertThatThrownBy(() -> service.sendAsync("/late")
                            .orTimeout(200, TimeUnit.MILLISECONDS)
                            .get())
                    .hasCauseInstanceOf(java.util.concurrent.TimeoutException.class);
            until(() -> service.backend.hungUp().contains("/late"));
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedCallerFreesTheConnectionAndThePermit() throws Exception {
        try (TestService service = new TestService(RawBackend.hang())) {
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    service.send("/interrupted");
                } catch (IOException | InterruptedException thrown) {
                    seen.complete(thrown);
                }
            });
            caller.start();
            until(() -> service.backend.requests().size() == 1);
            caller.interrupt();
            assertThat(seen.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            until(() -> service.backend.hungUp().contains("/interrupted"));
            assertThat(service.seen().ignored()).isEqualTo(1);
        }
    }

    @Test
    void aTrialClosesTheBreakerOnlyWithItsWholeBody() throws Exception {
        try (TestService service = new TestService(
                RawBackend.hangInBody("half"),
                s -> s.failureThreshold(1).successThreshold(1).openMillis(0),
                timeout(300))) {
            service.breaker.forceOpen("");
            service.breaker.automatic();
            assertThatThrownBy(() -> service.send("/x")).isInstanceOf(HttpTimeoutException.class);
            assertThat(service.seen().opened()).isEqualTo(1);
            service.backend.always(RawBackend.ok("whole"));
            service.send("/x");
            assertThat(service.state()).isEqualTo(CircuitState.CLOSED);
        }
    }
}
