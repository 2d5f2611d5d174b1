// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.timeout;
import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.ServiceSettings;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a breaker opens, requests that are pending on its service are cancelled. */
class PendingRequestsTest {
    @Test
    void aPendingRequestFailsAndItsConnectionIsClosed() throws Exception {
        try (TestService service = opensAtOnce(RawBackend.hang())) {
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/pending?card=4711");
            until(() -> service.backend.requests().size() == 1);
            service.backend.always(RawBackend.status(500, ""));
            service.send("/last-straw");
            assertThatThrownBy(() -> pending.get(5, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(PendingCancelledException.class)
                    .hasMessage("pay: GET was cancelled while pending, as pay opened: 1 failure"
                            + " (threshold 1), the last with io.switchgear.http.ServerErrorException");
            until(() -> service.backend.hungUp().contains("/pending?card=4711"));
            assertThat(service.seen().ignored()).isEqualTo(1);
            assertThat(service.seen().failures()).isEqualTo(1);
            assertThat(service.seen().callsInFlight()).isZero();
            assertThat(service.totals().requests()).isEqualTo(2);
            assertThat(service.totals().failures()).isEqualTo(1);
            assertThat(service.totals().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void aRequestIsCancelledInTheMiddleOfItsBody() throws Exception {
        try (TestService service = opensAtOnce(RawBackend.hangInBody("half"))) {
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/half");
            until(() -> service.backend.requests().size() == 1);
            service.breaker.forceOpen("maintenance");
            assertThatThrownBy(() -> pending.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PendingCancelledException.class);
            until(() -> service.backend.hungUp().contains("/half"));
        }
    }

    @Test
    void aStreamIsCancelledWhileItsCallerWaitsForMore() throws Exception {
        try (TestService service = opensAtOnce(RawBackend.hangInBody("half"))) {
            InputStream body = service.client
                    .send("pay", service.get("/stream"), BodyHandlers.ofInputStream())
                    .body();
            assertThat(body.readNBytes(4)).asString().isEqualTo("half");
            CompletableFuture<Integer> next = CompletableFuture.supplyAsync(() -> {
                try {
                    return body.read();
                } catch (IOException thrown) {
                    throw new IllegalStateException(thrown);
                }
            });
            service.breaker.forceOpen("maintenance");
            assertThatThrownBy(() -> next.get(5, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(PendingCancelledException.class);
            until(() -> service.backend.hungUp().contains("/stream"));
            assertThat(service.health().pendingRequests()).isZero();
        }
    }

    @Test
    void manyPendingRequestsAreCancelledAtOnce() throws Exception {
        try (TestService service = opensAtOnce(RawBackend.hang())) {
            var pending = IntStream.range(0, 100)
                    .mapToObj(i -> service.sendAsync("/" + i))
                    .toList();
            until(() -> service.backend.requests().size() == 100);
            service.breaker.forceOpen("maintenance");
            until(() -> pending.stream().allMatch(CompletableFuture::isCompletedExceptionally));
            until(() -> service.backend.open() == 0);
            assertThat(service.totals().cancelled()).isEqualTo(100);
        }
    }

    @Test
    void theThreadThatOpensTheBreakerDoesNotWaitForCallbacks() throws Exception {
        try (TestService service = opensAtOnce(RawBackend.hang())) {
            CountDownLatch opened = new CountDownLatch(1);
            CompletableFuture<Boolean> callback = service.sendAsync("/x").handle((response, thrown) -> await(opened));
            until(() -> service.backend.requests().size() == 1);
            service.breaker.forceOpen("maintenance");
            opened.countDown();
            assertThat(callback.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    @Test
    void trialsOfTheTimeThatFollowsAreSpared() throws Exception {
        try (TestService service = new TestService(
                RawBackend.hold(RawBackend.ok("late but fine")), s -> s.successThreshold(1), TestService.DEFAULTS)) {
            CompletableFuture<HttpResponse<String>> before = service.sendAsync("/before");
            until(() -> service.backend.held() == 1);
            CountDownLatch news = new CountDownLatch(1);
            CompletableFuture<HttpResponse<String>> trial = trialBeforeTheNewsOfTheOpening(service, news);
            until(() -> service.backend.held() == 2);
            news.countDown();
            until(() -> service.backend.hungUp().contains("/before"));
            assertThatThrownBy(() -> before.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PendingCancelledException.class);
            service.backend.release();
            assertThat(trial.get(5, TimeUnit.SECONDS).body()).isEqualTo("late but fine");
            assertThat(service.state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    /**
     * Delays the delivery of transitions, on another thread, until {@code news}; opens the breaker, and sends a trial
     * meanwhile.
     */
    private static CompletableFuture<HttpResponse<String>> trialBeforeTheNewsOfTheOpening(
            TestService service, CountDownLatch news) {
        CountDownLatch delivering = new CountDownLatch(1);
        service.breaker.listenFirst(transition -> {
            delivering.countDown();
            await(news);
        });
        CompletableFuture<Void> delivery = CompletableFuture.runAsync(() ->
                service.breaker.update(s -> s.toBuilder().failureThreshold(7).build()));
        await(delivering);
        service.breaker.forceOpen("maintenance");
        service.breaker.automatic();
        assertThat(delivery).isNotDone();
        return service.sendAsync("/trial");
    }

    @Test
    void aTrialIsCancelledWhenAnotherOneOpensTheBreakerAgain() throws Exception {
        try (TestService service = opensAtOnce(RawBackend.hang())) {
            service.breaker.forceOpen("");
            service.breaker.automatic();
            CompletableFuture<HttpResponse<String>> trial = service.sendAsync("/trial");
            until(() -> service.backend.requests().size() == 1);
            service.backend.always(RawBackend.status(503, ""));
            service.send("/another");
            assertThat(service.state()).isEqualTo(CircuitState.OPEN);
            assertThatThrownBy(() -> trial.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PendingCancelledException.class);
        }
    }

    @Test
    void nothingIsCancelledIfTheSettingSaysSo() throws Exception {
        try (TestService service = new TestService(
                RawBackend.hold(RawBackend.ok("late but fine")),
                s -> s,
                new ServiceSettings(10_000, false, false, 10_000, 16_000_000, 0, 1_000))) {
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/x");
            until(() -> service.backend.held() == 1);
            service.breaker.forceOpen("maintenance");
            service.backend.release();
            assertThat(pending.get(5, TimeUnit.SECONDS).body()).isEqualTo("late but fine");
        }
    }

    @Test
    void aBreakerThatMerelyObservesCancelsNothingUntilItIsForcedOpen() throws Exception {
        try (TestService service = opensAtOnce(RawBackend.hold(RawBackend.ok("late but fine")))) {
            service.breaker.observe("trying it out");
            CompletableFuture<HttpResponse<String>> first = service.sendAsync("/first");
            until(() -> service.backend.held() == 1);
            service.backend.next(RawBackend.status(500, ""));
            service.send("/would-open");
            assertThat(service.state()).isEqualTo(CircuitState.OPEN);
            CompletableFuture<HttpResponse<String>> second = service.sendAsync("/second");
            until(() -> service.backend.held() == 2);
            assertThat(first).isNotDone();
            service.breaker.forceOpen("maintenance");
            assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PendingCancelledException.class);
            assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PendingCancelledException.class);
        }
    }

    private static TestService opensAtOnce(RawBackend.Answer answer) throws IOException {
        return new TestService(answer, s -> s.failureThreshold(1).successThreshold(1), timeout(30_000));
    }
}
