// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.CircuitState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are sent again, when and how often. */
class RetryRulesTest {
    private static final RetrySettings AT_ONCE =
            RetrySettings.defaults().delay(Duration.ZERO).budgetPercent(0).minRetriesPerSecond(1_000);
    private static final ServiceSettings SETTINGS =
            TestService.timeout(5_000).maxRetryAfterMillis(Duration.ofMinutes(5).toMillis());

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aStatusThatMayPassIsFollowedByAnotherAttempt(int status) throws Exception {
        try (TestService service = retrying(RawBackend.ok("fine"))) {
            service.backend.next(RawBackend.status(status, "broken"), RawBackend.status(status, "broken"));
            assertThat(service.send("/x").body()).isEqualTo("fine");
            assertThat(service.backend.requests()).hasSize(3);
            assertThat(service.totals().requests()).isEqualTo(1);
            assertThat(service.totals().retries()).isEqualTo(2);
            assertThat(service.seen().failures()).isEqualTo(status == 429 ? 0 : 2);
            // the unused bodies were read, so that one connection served all requests
            assertThat(service.backend.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 501, 505})
    void aStatusThatStaysIsReturned(int status) throws Exception {
        try (TestService service = retrying(RawBackend.status(status, "broken"))) {
            assertThat(service.send("/x").statusCode()).isEqualTo(status);
            assertThat(service.backend.requests()).hasSize(1);
        }
    }

    @Test
    void anAttemptThatOpensTheBreakerIsTheLastAndNoRetryIsCountedOrPaid() throws Exception {
        try (TestService service =
                new TestService(RawBackend.status(503, "broken"), s -> s.failureThreshold(1), SETTINGS, AT_ONCE)) {
            HttpResponse<String> response = service.send("/x");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("broken");
            assertThat(service.backend.requests()).hasSize(1);
            assertThat(service.seen()).returns(1L, now -> now.failures()).returns(0L, now -> now.rejected());
            assertThat(service.totals().retries()).isZero();
            assertThat(service.retries().snapshot())
                    .returns(1L, now -> now.attempts())
                    .returns(0L, now -> now.retries())
                    .returns(0L, now -> now.refusedByBudget());
        }
    }

    @Test
    void theLastResponseIsReturnedWhenNoAttemptIsLeft() throws Exception {
        try (TestService service = retrying(RawBackend.status(503, "still broken"))) {
            HttpResponse<String> response = service.send("/x");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("still broken");
            assertThat(service.backend.requests()).hasSize(3);
        }
    }

    @Test
    void aConnectionThatBreaksIsFollowedByAnotherAttempt() throws Exception {
        try (TestService service = retrying(RawBackend.ok("fine"))) {
            service.backend.next(RawBackend.cutBody("half"), RawBackend.resetInBody("half"));
            assertThat(service.send("/x").body()).isEqualTo("fine");
            assertThat(service.totals().retries()).isEqualTo(2);
        }
    }

    @Test
    void aTimeOutIsFollowedByAnotherAttemptWithAsMuchTime() throws Exception {
        try (TestService service = new TestService(
                RawBackend.ok("fine"), s -> s, SETTINGS.requestTimeout(Duration.ofMillis(300)), AT_ONCE)) {
            service.backend.next(RawBackend.hang(), RawBackend.hangInBody("half"));
            assertThat(service.send("/x").body()).isEqualTo("fine");
            assertThat(service.seen().failures()).isEqualTo(2);
            until(() -> service.backend.open() == 1);
        }
    }

    @Test
    void aServiceThatIsDownIsTriedAgain() throws Exception {
        try (TestService service = retrying(RawBackend.ok("fine"))) {
            service.backend.refuse();
            assertThatThrownBy(() -> service.send("/x")).isInstanceOf(IOException.class);
            assertThat(service.totals().retries()).isEqualTo(2);
            assertThat(service.totals().failures()).isEqualTo(3);
        }
    }

    @Test
    void whatMayTakeEffectTwiceIsNotSentAgainUnlessTheSettingSaysSo() throws Exception {
        try (TestService service = retrying(RawBackend.status(503, "broken"))) {
            HttpRequest post = service.client
                    .request("pay", "/x")
                    .POST(BodyPublishers.ofString("buy"))
                    .build();
            service.client.send("pay", post, BodyHandlers.ofString());
            assertThat(service.backend.requests()).hasSize(1);
            service.registry.find("pay").orElseThrow().by("test").update(settings -> settings.retryNonIdempotent(true));
            service.client.send("pay", post, BodyHandlers.ofString());
            assertThat(service.backend.requests()).hasSize(4).allMatch(request -> "buy".equals(request.body()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void whatMayBeSentTwiceIs(String method) throws Exception {
        try (TestService service = retrying(RawBackend.status(503, ""))) {
            HttpRequest request = service.client
                    .request("pay", "/x")
                    .method(method, BodyPublishers.noBody())
                    .build();
            service.client.send("pay", request, BodyHandlers.ofString());
            assertThat(service.backend.requests()).hasSize(3);
        }
    }

    @Test
    void theHandlerOfTheCallerSeesOnlyWhatTheCallerGets() throws Exception {
        try (TestService service = retrying(RawBackend.ok("fine"))) {
            service.backend.next(RawBackend.status(503, "x".repeat(200_000)));
            AtomicInteger handled = new AtomicInteger();
            service.client.send("pay", service.get("/x"), head -> {
                handled.incrementAndGet();
                return BodyHandlers.ofString().apply(head);
            });
            assertThat(handled).hasValue(1);
        }
    }

    // ---- when

    /** Records the waits that it is given, and waits for time-outs only. */
    private static final class RecordingScheduler extends ScheduledThreadPoolExecutor {
        private final List<Duration> waits = new CopyOnWriteArrayList<>();

        RecordingScheduler() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            Duration wait = Duration.of(delay, unit.toChronoUnit());
            if (wait.toMillis() == SETTINGS.requestTimeoutMillis()) {
                return super.schedule(command, delay, unit);
            }
            waits.add(wait);
            return super.schedule(command, 0, unit);
        }
    }

    private static List<Duration> waits(TestService service) throws Exception {
        RecordingScheduler scheduler = new RecordingScheduler();
        // with an executor, so that the scheduler is used for waits only
        HttpClient http =
                HttpClient.newBuilder().executor(ForkJoinPool.commonPool()).build();
        try (ResilientHttpClient client = new ResilientHttpClient(service.registry, http, scheduler)) {
            client.send("pay", service.get("/x"), BodyHandlers.ofString());
            return scheduler.waits;
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void theServiceIsLeftAloneForAsLongAsItRequests() throws Exception {
        try (TestService service = retrying(RawBackend.ok("fine"))) {
            service.backend.next(
                    RawBackend.status(503, "", "Retry-After: 120"), RawBackend.status(429, "", "Retry-After: 7"));
            assertThat(waits(service)).containsExactly(Duration.ofSeconds(120), Duration.ofSeconds(7));
        }
    }

    @Test
    void onlyStatusesThatMayRequestADelayDo() throws Exception {
        try (TestService service = retrying(RawBackend.ok("fine"))) {
            service.backend.next(RawBackend.status(502, "", "Retry-After: 120"));
            assertThat(waits(service)).containsExactly(Duration.ZERO);
        }
    }

    @Test
    void aLongerWaitThanAllowedIsNotWaitedFor() throws Exception {
        try (TestService service = retrying(RawBackend.status(503, "back soon", "Retry-After: 301"))) {
            HttpResponse<String> response = service.send("/x");
            assertThat(response.body()).isEqualTo("back soon");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("301");
            assertThat(service.backend.requests()).hasSize(1);
        }
    }

    @Test
    void theDelayOfTheRetriesHoldsWhereTheServiceRequestsLess() throws Exception {
        RetrySettings slow = AT_ONCE.with(Map.of(Setting.DELAY_MILLIS, 3_000, Setting.JITTER_PERCENT, 0));
        try (TestService service = new TestService(RawBackend.ok("fine"), s -> s, SETTINGS, slow)) {
            service.backend.next(
                    RawBackend.status(503, "", "Retry-After: 1"), RawBackend.status(503, "", "Retry-After: never"));
            assertThat(waits(service)).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(6));
        }
    }

    // ---- how much

    @Test
    void retriesDoNotMultiplyAnOutage() throws Exception {
        RetrySettings budget = AT_ONCE.budgetPercent(20).minRetriesPerSecond(1).maxAttempts(10);
        try (TestService service = new TestService(RawBackend.status(503, ""), s -> s, SETTINGS, budget)) {
            service.breaker.observe("so that all of them are sent");
            for (int i = 0; i < 200; i++) {
                service.send("/x");
            }
            assertThat(service.totals().retries()).isBetween(1L, 30L);
            assertThat(service.backend.requests())
                    .hasSize(200 + (int) service.totals().retries());
        }
    }

    @Test
    void successesPayForRetriesAndAShortageOfTheServiceDoesNot() throws Exception {
        RetrySettings budget = AT_ONCE.budgetPercent(100).minRetriesPerSecond(0);
        try (TestService service = new TestService(RawBackend.status(429, ""), s -> s, SETTINGS, budget)) {
            service.send("/x");
            service.send("/x");
            assertThat(service.totals().retries()).isZero();
            service.backend.next(RawBackend.ok("fine"));
            service.send("/x");
            service.send("/x");
            assertThat(service.totals().retries()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsSentAgainOnceTheBreakerIsOpen() throws Exception {
        try (TestService service = opening(RawBackend.cutBody("half"))) {
            assertThatThrownBy(() -> service.send("/x"))
                    .as("the failure that opened it")
                    .isInstanceOf(IOException.class);
            assertThat(service.state()).isEqualTo(CircuitState.OPEN);
            assertThat(service.backend.requests()).hasSize(2);
        }
    }

    @Test
    void whatWasCancelledAsTheBreakerOpenedIsNotSentAgain() throws Exception {
        try (TestService service = retrying(RawBackend.hang())) {
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/x");
            until(() -> service.backend.requests().size() == 1);
            service.breaker.forceOpen("maintenance");
            assertThatThrownBy(() -> pending.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(PendingCancelledException.class);
            assertThat(service.totals().retries()).isZero();
        }
    }

    @Test
    void aCallerThatCancelsBetweenAttemptsEndsThem() throws Exception {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        scheduler.setRemoveOnCancelPolicy(true);
        try (TestService service = retrying(RawBackend.status(503, "", "Retry-After: 100"));
                ResilientHttpClient client =
                        new ResilientHttpClient(service.registry, HttpClient.newHttpClient(), scheduler)) {
            CompletableFuture<HttpResponse<String>> unwanted =
                    client.sendAsync("pay", service.get("/x"), BodyHandlers.ofString());
            // the time limit of the attempt is cancelled, the wait for the next one has begun
            until(() -> service.seen().failures() == 1
                    && scheduler.getQueue().size() == 1
                    && service.health().pendingRequests() == 0);
            unwanted.cancel(true);
            assertThat(scheduler.getQueue()).isEmpty();
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void aCallerThatCancelsBetweenAttemptsLeavesTheBudgetToOthers() throws Exception {
        RetrySettings budget = AT_ONCE.budgetPercent(100).minRetriesPerSecond(0);
        try (TestService service = new TestService(RawBackend.ok("fine"), s -> s, SETTINGS, budget)) {
            service.send("/x");
            assertThat(service.retries().snapshot().budgetBalance()).isEqualTo(1);
            service.backend.next(RawBackend.status(503, "", "Retry-After: 100"));
            CompletableFuture<HttpResponse<String>> unwanted = service.sendAsync("/x");
            until(() -> service.retries().snapshot().budgetBalance() == 0
                    && service.health().pendingRequests() == 0);
            unwanted.cancel(true);
            assertThat(service.retries().snapshot().budgetBalance()).isEqualTo(1);
            assertThat(service.retries().snapshot().retries()).isZero();
        }
    }

    @Test
    void aClientThatIsClosedBetweenAttemptsEndsThem() throws Exception {
        try (TestService service = retrying(RawBackend.status(503, "", "Retry-After: 100"))) {
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/x");
            until(() -> service.seen().failures() == 1);
            service.client.close();
            assertThat(pending).isCompletedExceptionally();
        }
    }

    private static TestService retrying(RawBackend.Answer answer) throws IOException {
        return new TestService(answer, s -> s, SETTINGS, AT_ONCE);
    }

    private static TestService opening(RawBackend.Answer answer) throws IOException {
        UnaryOperator<BreakerSettings.Builder> atTheSecond = s -> s.failureThreshold(2);
        return new TestService(answer, atTheSecond, SETTINGS, AT_ONCE);
    }
}
