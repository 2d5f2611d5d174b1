// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request body that can be sent once is sent once, and never empty or cut. */
class SentOnceBodiesTest {
    private static final ServiceSettings SETTINGS = TestService.timeout(5_000);
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().delay(Duration.ZERO).budgetPercent(0).minRetriesPerSecond(1_000);

    /** Publishes its bytes to the first subscriber, and throws for any other. */
    private static final class OncePublisher implements BodyPublisher {
        private final BodyPublisher publisher = BodyPublishers.ofString("content");
        private final AtomicBoolean used = new AtomicBoolean();

        @Override
        public long contentLength() {
            return publisher.contentLength();
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            if (!used.compareAndSet(false, true)) {
                throw new IllegalStateException("subscribed twice");
            }
            publisher.subscribe(subscriber);
        }
    }

    static Stream<Named<Supplier<BodyPublisher>>> once() {
        InputStream stream = new ByteArrayInputStream("content".getBytes(UTF_8));
        Iterator<byte[]> parts = List.of("content".getBytes(UTF_8)).iterator();
        return Stream.of(
                Named.of("one stream", () -> BodyPublishers.ofInputStream(() -> stream)),
                Named.of("parts of one iterator", () -> BodyPublishers.ofByteArrays(() -> parts)),
                Named.of("throws for a second subscriber", OncePublisher::new),
                Named.of("of a known length", () -> BodyPublishers.fromPublisher(new OncePublisher(), 7)),
                Named.of("of an unknown length", () -> BodyPublishers.fromPublisher(new OncePublisher())),
                Named.of("a part of a whole", () -> BodyPublishers.concat(new OncePublisher())));
    }

    @ParameterizedTest
    @MethodSource("once")
    void itIsNotSentAgain(Supplier<BodyPublisher> body) throws Exception {
        try (TestService service = retrying(RawBackend.ok("stored"))) {
            service.backend.next(RawBackend.status(503, "try again"));
            HttpResponse<String> response = put(service, body.get());
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("try again");
            assertThat(service.backend.requests())
                    .extracting(RawBackend.Request::method)
                    .containsExactly("PUT");
            assertThat(service.totals().retries()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("once")
    void itIsNotSentAgainAfterABrokenConnection(Supplier<BodyPublisher> body) throws Exception {
        try (TestService service = retrying(RawBackend.ok("stored"))) {
            service.backend.next(RawBackend.reset());
            assertThatThrownBy(() -> put(service, body.get())).isInstanceOf(IOException.class);
            assertThat(service.backend.requests()).hasSize(1);
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("once")
    void itIsSentAfterAttemptsThatDidNotReadIt(Supplier<BodyPublisher> body) throws Exception {
        StubHttpClient unreachable = new StubHttpClient(() -> new java.net.ConnectException("refused"));
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        try (TestService service = retrying(RawBackend.ok("unused"));
                ResilientHttpClient client = new ResilientHttpClient(service.registry, unreachable, scheduler)) {
            HttpRequest put = client.request("pay", "/x").PUT(body.get()).build();
            assertThatThrownBy(() -> client.send("pay", put, BodyHandlers.ofString()))
                    .isInstanceOf(java.net.ConnectException.class);
            assertThat(unreachable.requests()).isEqualTo(3);
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void whatIsTheSameEachTimeIsSentAgain(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("content"), "content");
        for (BodyPublisher body : List.of(
                BodyPublishers.ofString("content"),
                BodyPublishers.ofByteArray("content".getBytes(UTF_8)),
                BodyPublishers.ofFile(file))) {
            try (TestService service = retrying(RawBackend.ok("stored"))) {
                service.backend.next(RawBackend.status(503, ""), RawBackend.reset());
                assertThat(put(service, body).body()).isEqualTo("stored");
                assertThat(service.backend.requests())
                        .extracting(RawBackend.Request::body)
                        .containsExactly("content", "content", "content");
            }
        }
    }

    @Test
    void theHttpClientItselfDoesNotSendItAgainEmpty() throws Exception {
        try (TestService service = retrying(RawBackend.ok("found"))) {
            service.backend.next(RawBackend.reset());
            InputStream query = new ByteArrayInputStream("content".getBytes(UTF_8));
            HttpRequest get = service.client
                    .request("pay", "/x")
                    .method("GET", BodyPublishers.ofInputStream(() -> query))
                    .build();
            assertThatThrownBy(() -> service.client.send("pay", get, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(service.backend.requests())
                    .extracting(RawBackend.Request::body)
                    .hasSize(1)
                    .allMatch(sent -> sent.contains("content"));
        }
    }

    @Test
    void theHttpClientDoesNotSendItAgainWhereTheServiceReturnedItUnprocessed() throws Exception {
        try (Http2Backend backend = new Http2Backend(10, Http2Backend.Stream::ok);
                TestService service = retrying(RawBackend.ok("unused"))) {
            service.registry.add("h2", backend.url(), SETTINGS);
            HttpRequest get = service.client.request("h2", "/x").build();
            service.client.send("h2", get, BodyHandlers.ofString());
            backend.answer(Http2Backend.Stream::refuse);
            HttpRequest post =
                    service.client.request("h2", "/x").POST(new OncePublisher()).build();
            assertThatThrownBy(() -> service.client.send("h2", post, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the HTTP client had to send POST again, but its body can be sent once");
            assertThat(backend.requests()).hasSize(2);
            assertThat(service.seen().failures()).isZero();
        }
    }

    @Test
    void theHttpClientDoesNotSendItAgainWithAPassword() throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .authenticator(new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication("user", new char[] {'p'});
                    }
                })
                .build();
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        try (TestService service = retrying(RawBackend.ok("stored"));
                ResilientHttpClient client = new ResilientHttpClient(service.registry, http, scheduler)) {
            service.backend.next(RawBackend.status(401, "", "WWW-Authenticate: Basic realm=\"pay\""));
            HttpRequest put =
                    client.request("pay", "/x").PUT(new OncePublisher()).build();
            assertThatThrownBy(() -> client.send("pay", put, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("can be sent once");
            assertThat(service.backend.requests()).hasSize(1);
            assertThat(service.seen().failures()).isZero();
            assertThat(service.seen().ignored()).isEqualTo(1);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private static HttpResponse<String> put(TestService service, BodyPublisher body) throws Exception {
        HttpRequest put = service.client.request("pay", "/x").PUT(body).build();
        return service.client.send("pay", put, BodyHandlers.ofString());
    }

    private static TestService retrying(RawBackend.Answer answer) throws IOException {
        return new TestService(answer, s -> s, SETTINGS, AT_ONCE);
    }
}
