// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.RetrySettings;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure of the caller's own body publisher is no failure of the service. */
class CallersBodyTest {
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().delay(Duration.ZERO).budgetPercent(0).minRetriesPerSecond(1_000);

    private record Publisher(long contentLength, Consumer<Subscriber<? super ByteBuffer>> subscribed)
            implements BodyPublisher {
        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            subscribed.accept(subscriber);
        }
    }

    /** Runs {@code work} on the first demand. */
    private record OnDemand(Runnable work) implements Subscription {
        @Override
        public void request(long n) {
            work.run();
        }

        @Override
        public void cancel() {}
    }

    private static InputStream stream(IOException failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw failure;
            }
        };
    }

    static Stream<Named<BodyPublisher>> broken() {
        return Stream.of(
                Named.of(
                        "a file that cannot be read",
                        BodyPublishers.ofInputStream(() -> stream(new IOException("disk failed")))),
                Named.of(
                        "interrupted",
                        BodyPublishers.ofInputStream(() -> stream(new InterruptedIOException("interrupted")))),
                Named.of("no stream", BodyPublishers.ofInputStream(() -> null)),
                Named.of("a supplier that throws", BodyPublishers.ofInputStream(() -> {
                    throw new IllegalStateException("no stream");
                })),
                Named.of(
                        "signals an error",
                        new Publisher(
                                -1, to -> to.onSubscribe(new OnDemand(() -> to.onError(new IOException("no more")))))),
                Named.of(
                        "throws on demand",
                        new Publisher(
                                -1,
                                to -> to.onSubscribe(new OnDemand(() -> {
                                    throw new IllegalStateException("no demand");
                                })))),
                Named.of("too short", BodyPublishers.fromPublisher(BodyPublishers.ofString("four"), 5)),
                Named.of("too long", BodyPublishers.fromPublisher(BodyPublishers.ofString("four"), 3)),
                Named.of("silent", new Publisher(-1, to -> {})),
                Named.of("publishes nothing", new Publisher(5, to -> to.onSubscribe(new OnDemand(() -> {})))));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBodyThatFailsIsNoFailureOfTheService(BodyPublisher body) throws Exception {
        try (TestService service = new TestService(
                RawBackend.ok("stored"), s -> s.failureThreshold(1), TestService.timeout(500), AT_ONCE)) {
            HttpRequest put = service.client.request("pay", "/x").PUT(body).build();
            assertThatThrownBy(() -> service.client.send("pay", put, BodyHandlers.ofString()))
                    .isInstanceOf(Exception.class);
            assertThat(service.seen().failures()).isZero();
            assertThat(service.seen().ignored()).isEqualTo(1);
            assertThat(service.totals().failures()).isZero();
            assertThat(service.totals().retries()).isZero();
            assertThat(service.state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void aBodyThatIsLateIsNamedAsTheReason() throws Exception {
        try (TestService service =
                new TestService(RawBackend.ok("stored"), s -> s.failureThreshold(1), TestService.timeout(200))) {
            HttpRequest put = service.client
                    .request("pay", "/x")
                    .PUT(new Publisher(5, to -> to.onSubscribe(new OnDemand(() -> {}))))
                    .build();
            assertThatThrownBy(() -> service.client.send("pay", put, BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("pay: PUT was not given its body within its limit, it took more than 200 ms");
        }
    }

    @Test
    void aServiceThatHangsAfterTheBodyHasFailed() throws Exception {
        try (TestService service =
                new TestService(RawBackend.hang(), s -> s.failureThreshold(1), TestService.timeout(200))) {
            HttpRequest put = service.client
                    .request("pay", "/x")
                    .timeout(Duration.ofMillis(200))
                    .PUT(BodyPublishers.ofInputStream(() -> InputStream.nullInputStream()))
                    .build();
            assertThatThrownBy(() -> service.client.send("pay", put, BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }
}
