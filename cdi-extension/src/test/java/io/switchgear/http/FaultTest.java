// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the caller and the client do is no failure of the service; what the service does is one. */
class FaultTest {
    private static final ServiceSettings SETTINGS = TestService.timeout(5_000);
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().delay(Duration.ZERO).budgetPercent(0).minRetriesPerSecond(1_000);

    static Stream<Arguments> exceptions() {
        IOException host = withCause(new ConnectException(), new UnresolvedAddressException());
        IOException port = withCause(new ConnectException(), new BindException("Cannot assign requested address"));
        IOException interrupted = withCause(new IOException(), new ClosedByInterruptException());
        return Stream.of(
                // what the service does
                arguments(new IOException("Connection reset"), Fault.SERVICE),
                arguments(new IOException("Received RST_STREAM: Internal error"), Fault.SERVICE),
                arguments(new ProtocolException("Header size too big"), Fault.SERVICE),
                arguments(new SSLHandshakeException("certificate_expired"), Fault.SERVICE),
                arguments(new HttpTimeoutException("request timed out"), Fault.SERVICE),
                arguments(withCause(new IOException(), new SocketTimeoutException()), Fault.SERVICE),
                arguments(new ConnectException("Connection refused"), Fault.UNREACHABLE),
                arguments(withCause(new ConnectException(), new NoRouteToHostException()), Fault.UNREACHABLE),
                arguments(withCause(new ConnectException(), new UnknownHostException("pay")), Fault.UNREACHABLE),
                arguments(host, Fault.UNREACHABLE),
                arguments(new HttpConnectTimeoutException("HTTP connect timed out"), Fault.UNREACHABLE),
                // what it has not processed
                arguments(new IOException("request not processed by peer"), Fault.UNPROCESSED),
                arguments(new IOException("Received RST_STREAM: Stream not processed"), Fault.UNPROCESSED),
                arguments(new IOException("/127.0.0.1:7: GOAWAY received"), Fault.GOING_AWAY),
                // what the client cannot send
                arguments(new IOException("too many concurrent streams"), Fault.NO_STREAM),
                arguments(port, Fault.NO_CONNECTION),
                arguments(new InternalError(new SocketException("Too many open files")), Fault.NO_CONNECTION),
                arguments(new IOException("closed"), Fault.CALLER),
                arguments(new IOException("shutdownNow"), Fault.CALLER),
                arguments(new IOException("selector manager closed"), Fault.CALLER),
                // what the caller does
                arguments(new InterruptedIOException(), Fault.CALLER),
                arguments(new ClosedByInterruptException(), Fault.CALLER),
                arguments(new SocketException("Closed by interrupt"), Fault.CALLER),
                arguments(interrupted, Fault.CALLER),
                arguments(new IOException(new InterruptedException()), Fault.CALLER),
                arguments(new IllegalArgumentException("invalid header value"), Fault.CALLER),
                arguments(new OutOfMemoryError("unable to create native thread"), Fault.CALLER),
                arguments(new InternalError("a bug"), Fault.CALLER));
    }

    private static IOException withCause(IOException thrown, Throwable cause) {
        thrown.initCause(cause);
        return thrown;
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void onlyWhatTheServiceDoesCounts(Throwable thrown, Fault fault) throws Exception {
        assertThat(Fault.of(thrown)).isEqualTo(fault);
        boolean counts = fault == Fault.SERVICE || fault == Fault.UNREACHABLE;
        try (Stubbed stubbed = new Stubbed(thrown, RetrySettings.defaults().maxAttempts(1))) {
            HttpRequest request = stubbed.service
                    .client
                    .request("pay", "/x")
                    .timeout(Duration.ofMillis(50))
                    .build();
            assertThatThrownBy(() -> stubbed.client.send("pay", request, BodyHandlers.ofString()))
                    .isSameAs(thrown.getCause() != null && thrown instanceof Error ? thrown.getCause() : thrown);
            assertThat(stubbed.service.seen().failures()).isEqualTo(counts ? 1 : 0);
            assertThat(stubbed.service.totals().failures()).isEqualTo(counts ? 1 : 0);
            assertThat(stubbed.service.seen().callsInFlight()).isZero();
            if (!counts) {
                assertThat(stubbed.service.seen().ignored()).isPositive();
                assertThat(stubbed.service.health().lastFailure()).isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void onlyWhatHasTakenNoEffectIsPostedAgain(Throwable thrown, Fault fault) throws Exception {
        try (Stubbed stubbed = new Stubbed(thrown, AT_ONCE)) {
            HttpRequest post = stubbed.service
                    .client
                    .request("pay", "/x")
                    .timeout(Duration.ofMillis(50))
                    .POST(BodyPublishers.ofString("buy"))
                    .build();
            assertThatThrownBy(() -> stubbed.client.send("pay", post, BodyHandlers.ofString()))
                    .isInstanceOf(Throwable.class);
            boolean again = fault != Fault.SERVICE && fault != Fault.GOING_AWAY && fault != Fault.CALLER;
            assertThat(stubbed.service.totals().retries()).isEqualTo(again ? 2 : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void whatTheCallerDoesIsNotRepeatedAtAll(Throwable thrown, Fault fault) throws Exception {
        try (Stubbed stubbed = new Stubbed(thrown, AT_ONCE)) {
            HttpRequest get = stubbed.service
                    .client
                    .request("pay", "/x")
                    .timeout(Duration.ofMillis(50))
                    .build();
            assertThatThrownBy(() -> stubbed.client.send("pay", get, BodyHandlers.ofString()))
                    .isInstanceOf(Throwable.class);
            assertThat(stubbed.service.totals().retries()).isEqualTo(fault == Fault.CALLER ? 0 : 2);
        }
    }

    /** A service whose client sends nothing and fails in one way. */
    private static final class Stubbed implements AutoCloseable {
        private final TestService service;
        private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        private final ResilientHttpClient client;

        Stubbed(Throwable thrown, RetrySettings retries) throws IOException {
            service = new TestService(RawBackend.ok("unused"), s -> s, SETTINGS, retries);
            client = new ResilientHttpClient(
                    service.registry, new StubHttpClient(() -> new CompletionException(thrown)), scheduler);
        }

        @Override
        public void close() throws IOException {
            client.close();
            scheduler.shutdownNow();
            service.close();
        }
    }

    @Test
    void anUnknownHostIsAFailureOfTheService() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("unused"))) {
            service.registry.add("gone", URI.create("http://no-such-host.invalid"));
            HttpRequest request = service.client.request("gone", "/x").build();
            assertThatThrownBy(() -> service.client.send("gone", request, BodyHandlers.ofString()))
                    .isInstanceOf(ConnectException.class);
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }

    @Test
    void anAddressThatCannotBeBuiltTakesNoPermit() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("unused"))) {
            assertThatThrownBy(() -> service.get("/with space")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> service.client.send("pay", service.get("/x"), null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("handler");
            HttpRequest elsewhere = HttpRequest.newBuilder(URI.create("http://elsewhere.invalid/"))
                    .build();
            assertThatThrownBy(() -> service.client.send("pay", elsewhere, BodyHandlers.ofString()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(service.seen().failures()).isZero();
            assertThat(service.totals().requests()).isZero();
            assertThat(service.backend.requests()).isEmpty();
        }
    }

    @Test
    void aRequestThroughAClientThatIsClosedIsNoFailureOfTheService() throws Exception {
        HttpClient closed = HttpClient.newHttpClient();
        assumeTrue(closed instanceof AutoCloseable, "a client can be closed since version 21 of the JDK");
        ((AutoCloseable) closed).close();
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        try (TestService service = new TestService(RawBackend.ok("unused"));
                ResilientHttpClient client = new ResilientHttpClient(service.registry, closed, scheduler)) {
            assertThatThrownBy(() -> client.send("pay", service.get("/x"), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(service.seen().failures()).isZero();
            assertThat(service.seen().ignored()).isEqualTo(1);
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void aCallerThatEndsItsRequestHasNotFoundTheServiceFailing() throws Exception {
        try (TestService service = new TestService(RawBackend.hang())) {
            var response = service.sendAsync("/x");
            until(() -> service.backend.requests().size() == 1);
            response.completeExceptionally(new IOException("the user left the page"));
            assertThat(service.seen().ignored()).isEqualTo(1);
            assertThat(service.seen().failures()).isZero();
        }
    }

    @Test
    void aCallerWhoseTimeLimitIsOverHasAndItIsCountedOnce() throws Exception {
        try (TestService service = new TestService(RawBackend.hang(), s -> s, SETTINGS, AT_ONCE)) {
            assertThatThrownBy(() -> service.sendAsync("/x")
                            .orTimeout(100, TimeUnit.MILLISECONDS)
                            .get())
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(service.seen().failures()).isEqualTo(1);
            assertThat(service.totals().failures()).isEqualTo(1);
            assertThat(service.totals().retries()).isZero();
            assertThat(service.state()).isEqualTo(CircuitState.CLOSED);
        }
    }
}
