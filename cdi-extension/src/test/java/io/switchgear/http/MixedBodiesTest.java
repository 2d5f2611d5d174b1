// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Once the caller's handler was given a response, no other response is mixed with it. */
class MixedBodiesTest {
    private static final ServiceSettings SETTINGS =
            new ServiceSettings(500, true, false, 10_000, 16_000_000, 60_000, 10);
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().delay(Duration.ZERO).budgetPercent(0).minRetriesPerSecond(1_000);
    private static final String WHOLE = "0123456789";

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final BodyHandler<Void> consumer =
            BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(seen::writeBytes));

    @Test
    void aConsumerGetsOneBody() throws Exception {
        try (TestService service = retrying()) {
            service.backend.next(RawBackend.cutBody("abcdefghijklmn"));
            fails(service, consumer);
            assertThat(seen).hasToString("abcdefghijklmn");
        }
    }

    @Test
    void aFileHasOneBody(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("body");
        try (TestService service = retrying()) {
            service.backend.next(RawBackend.resetInBody("abcdefghijklmn"));
            fails(service, BodyHandlers.ofFile(file));
            assertThat(service.backend.requests()).hasSize(1);
            assertThat("abcdefghijklmn").startsWith(Files.readString(file));
        }
    }

    @Test
    void aBodyThatHangsIsNotFollowedByAnother() throws Exception {
        try (TestService service = retrying()) {
            service.backend.next(RawBackend.hangInBody("abcdefghijklmn"));
            fails(service, consumer);
            assertThat(seen).hasToString("abcdefghijklmn");
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatIsCancelledAsTheBreakerOpensIsNotFollowedByTheLastGoodOne() throws Exception {
        try (TestService service = retrying()) {
            service.send("/x");
            service.backend.next(RawBackend.hangInBody("abcdefghijklmn"));
            CompletableFuture<HttpResponse<Void>> pending =
                    service.client.sendAsync("pay", service.get("/x"), consumer);
            until(() -> seen.size() == 14);
            service.breaker.forceOpen("maintenance");
            assertThatThrownBy(() -> pending.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PendingCancelledException.class);
            assertThat(seen).hasToString("abcdefghijklmn");
            assertThat(service.totals().lastGoodHits()).isZero();
        }
    }

    @Test
    void aSubscriberIsSubscribedOnceEvenIfNoByteCame() throws Exception {
        List<String> signals = new CopyOnWriteArrayList<>();
        Subscriber<String> lines = new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                signals.add("subscribed");
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String line) {
                signals.add(line);
            }

            @Override
            public void onError(Throwable thrown) {
                signals.add("error");
            }

            @Override
            public void onComplete() {
                signals.add("complete");
            }
        };
        try (TestService service = retrying()) {
            service.send("/x");
            service.backend.next(RawBackend.cutBody(""));
            fails(service, BodyHandlers.fromLineSubscriber(lines));
            until(() -> signals.size() > 1);
            assertThat(signals).containsExactly("subscribed", "error");
            assertThat(service.backend.requests()).hasSize(2);
        }
    }

    @Test
    void aHandlerThatMayShowAPartIsNotTrustedToCollect() throws Exception {
        try (TestService service = retrying()) {
            service.backend.next(RawBackend.cutBody("abc"));
            fails(service, head -> BodySubscribers.mapping(BodySubscribers.ofString(UTF_8), String::length));
        }
    }

    @Test
    void theFailureOfAResponseOf500IsNotMixedEither() throws Exception {
        try (TestService service = new TestService(RawBackend.ok(WHOLE), s -> s, TestService.timeout(500), AT_ONCE)) {
            service.backend.next(line -> {
                line.head(500, 100);
                line.send("broken");
                return false;
            });
            fails(service, consumer);
            assertThat(seen).hasToString("broken");
            assertThat(service.seen().failures()).isEqualTo(1);
        }
    }

    @Test
    void aHandlerThatCollectsTheWholeBodyGetsAnotherOne() throws Exception {
        try (TestService service = retrying()) {
            service.backend.next(RawBackend.cutBody("abc"), RawBackend.hangInBody("def"));
            assertThat(service.send("/x").body()).isEqualTo(WHOLE);
            service.backend.next(RawBackend.cutBody("abc"));
            assertThat(service.client
                            .send("pay", service.get("/x"), BodyHandlers.ofByteArray())
                            .body())
                    .asString()
                    .isEqualTo(WHOLE);
            service.backend.next(RawBackend.cutBody("abc"));
            service.client.send("pay", service.get("/x"), BodyHandlers.discarding());
            assertThat(service.totals().retries()).isEqualTo(4);
        }
    }

    @Test
    void aFailureBeforeTheResponseIsRepeatedForEveryHandler() throws Exception {
        try (TestService service = retrying()) {
            service.backend.next(RawBackend.hang(), RawBackend.status(503, "abc"));
            service.client.send("pay", service.get("/x"), consumer);
            assertThat(seen).hasToString(WHOLE);
            assertThat(service.totals().retries()).isEqualTo(2);
        }
    }

    private static void fails(TestService service, BodyHandler<?> handler) {
        assertThatThrownBy(() -> service.client.send("pay", service.get("/x"), handler))
                .isInstanceOf(IOException.class);
        assertThat(service.totals().retries()).isZero();
        assertThat(service.totals().lastGoodHits()).isZero();
    }

    private static TestService retrying() throws IOException {
        return new TestService(RawBackend.ok(WHOLE), s -> s, SETTINGS, AT_ONCE);
    }
}
