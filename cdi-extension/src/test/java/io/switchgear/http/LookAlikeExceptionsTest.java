// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.RetrySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An exception of the caller is the caller's, also where the JDK's client throws one of its type and text. */
@Timeout(60)
class LookAlikeExceptionsTest {
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().delay(Duration.ZERO).budgetPercent(0).minRetriesPerSecond(1_000);

    private static List<IOException> lookAlikes() {
        return List.of(
                new IOException("closed"),
                new IOException("selector manager closed"),
                new IOException("too many concurrent streams"),
                new IOException("request not processed by peer"),
                new ProtocolException("Invalid status line"),
                new ConnectException("Connection refused"));
    }

    private static Stream<RuntimeException> unchecked() {
        return Stream.concat(
                lookAlikes().stream().map(UncheckedIOException::new),
                Stream.of(new NumberFormatException("For input string: \"x\"")));
    }

    static Stream<Arguments> publishers() {
        Stream<Named<BodyPublisher>> streams = lookAlikes().stream()
                .map(thrown -> Named.of("stream: " + thrown, BodyPublishers.ofInputStream(() -> stream(thrown))));
        Stream<Named<BodyPublisher>> others = unchecked()
                .flatMap(thrown -> Stream.of(
                        Named.of("parts: " + thrown, BodyPublishers.ofByteArrays(() -> parts(thrown))),
                        Named.of("subscription: " + thrown, new Broken(-1, thrown, false)),
                        Named.of("demand: " + thrown, new Broken(-1, thrown, true)),
                        Named.of("length: " + thrown, new Broken(0, thrown, true))));
        return Stream.concat(streams, others).map(Arguments::of);
    }

    /** Throws when its length is read, if that is 0, when it is subscribed, or on demand. */
    private record Broken(long length, RuntimeException thrown, boolean onDemand) implements BodyPublisher {
        @Override
        public long contentLength() {
            if (length == 0) {
                throw thrown;
            }
            return length;
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            if (!onDemand) {
                throw thrown;
            }
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    throw thrown;
                }

                @Override
                public void cancel() {}
            });
        }
    }

    private static InputStream stream(IOException thrown) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw thrown;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw thrown;
            }
        };
    }

    private static Iterator<byte[]> parts(RuntimeException thrown) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public byte[] next() {
                throw thrown;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("publishers")
    void ofABodyPublisher(BodyPublisher body) throws Exception {
        check(body, BodyHandlers.ofString());
    }

    static Stream<Arguments> handlers() {
        Stream<Named<BodyHandler<String>>> thrown = unchecked()
                .flatMap(failure -> Stream.of(
                        Named.of("handler: " + failure, head -> {
                            throw failure;
                        }),
                        Named.of("reader: " + failure, head -> new Reader(failure, false)),
                        Named.of(
                                "mapping: " + failure,
                                head -> BodySubscribers.mapping(
                                        BodyHandlers.ofString().apply(head), text -> {
                                            throw failure;
                                        }))));
        Stream<Named<BodyHandler<String>>> reported =
                lookAlikes().stream().map(failure -> Named.of("body: " + failure, head -> new Reader(failure, true)));
        return Stream.concat(thrown, reported).map(Arguments::of);
    }

    /** Fails at the first part of a body: its own body does, or it throws. */
    private static final class Reader implements BodySubscriber<String> {
        private final CompletableFuture<String> body = new CompletableFuture<>();
        private final Exception failure;
        private final boolean reported;

        Reader(Exception failure, boolean reported) {
            this.failure = failure;
            this.reported = reported;
        }

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> part) {
            if (reported) {
                body.completeExceptionally(failure);
            } else if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
        }

        @Override
        public void onError(Throwable thrown) {
            body.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            body.complete("");
        }
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void ofABodyHandler(BodyHandler<String> handler) throws Exception {
        check(BodyPublishers.noBody(), handler);
    }

    private static void check(BodyPublisher body, BodyHandler<String> handler) throws Exception {
        try (TestService service = new TestService(
                        RawBackend.ok("x".repeat(200_000)),
                        s -> s.failureThreshold(1),
                        TestService.timeout(5_000),
                        AT_ONCE);
                RecordedLog log = new RecordedLog()) {
            HttpRequest put = service.client.request("pay", "/x").PUT(body).build();
            assertThatThrownBy(() -> service.client.send("pay", put, handler)).isInstanceOf(Exception.class);
            assertThat(service.seen().failures()).isZero();
            assertThat(service.seen().callsInFlight()).isZero();
            assertThat(service.totals().failures()).isZero();
            assertThat(service.totals().retries()).isZero();
            assertThat(log.lines()).noneMatch(line -> line.contains("SGR0047"));
        }
    }
}
