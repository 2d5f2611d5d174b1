// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.RetrySettings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a caller sees the end of its request, the outcome is counted already, and as what the caller sees. */
class CountedFirstTest {
    @Test
    void aResponseThatComesAtTheLimitIsCountedAsTheCallerSeesIt() throws Exception {
        try (TestService service = new TestService(
                RawBackend.slowBody("x", 20), s -> s.failureThreshold(1_000), TestService.timeout(25))) {
            int late = 0;
            for (int i = 1; i <= 150; i++) {
                boolean failed = service.sendAsync("/x")
                        .handle((response, thrown) -> thrown != null)
                        .get(5, TimeUnit.SECONDS);
                late += failed ? 1 : 0;
                assertThat(service.seen().failures()).isEqualTo(late);
                assertThat(service.seen().successes()).isEqualTo(i - late);
            }
        }
    }

    /** Delays the response between its arrival and the caller, until the time limit of the request is over. */
    private static final class Delaying implements Executor {
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final Queue<Runnable> delayed = new ConcurrentLinkedQueue<>();
        private volatile boolean delays;

        @Override
        public void execute(Runnable work) {
            if (delays && !Thread.currentThread().getName().equals("timer")) {
                delayed.add(work);
            } else {
                threads.execute(work);
            }
        }
    }

    @Test
    void aResponseDoesNotOvertakeTheCountOfATimeOut() throws Exception {
        CountDownLatch counting = new CountDownLatch(1);
        CountDownLatch count = new CountDownLatch(1);
        Delaying executor = new Delaying();
        HttpClient http = HttpClient.newBuilder().executor(executor).build();
        var scheduler = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "timer"));
        try (TestService service =
                        new TestService(RawBackend.ok("late"), s -> s.failureThreshold(1), TestService.timeout(1_000));
                ResilientHttpClient client = new ResilientHttpClient(service.registry, http, scheduler)) {
            service.breaker.listen(transition -> {
                counting.countDown();
                await(count);
            });
            CompletableFuture<HttpResponse<String>> response = client.sendAsync(
                    "pay",
                    service.get("/x"),
                    head -> BodySubscribers.mapping(BodySubscribers.ofString(UTF_8), text -> {
                        executor.delays = true;
                        return text;
                    }));
            await(counting);
            assertThat(executor.delayed).isNotEmpty();
            executor.delays = false;
            executor.delayed.forEach(Runnable::run);
            assertThat(response).isNotDone();
            count.countDown();
            assertThat(response.handle((good, thrown) -> thrown).get(5, TimeUnit.SECONDS))
                    .isInstanceOf(HttpTimeoutException.class);
        } finally {
            scheduler.shutdownNow();
            executor.threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new CompletionException(interrupted);
        }
    }

    @Test
    void theFailureIsCountedBeforeTheCallersOwnTimeOutIsSeen() throws Exception {
        try (TestService service =
                new TestService(RawBackend.hang(), s -> s.failureThreshold(1_000), TestService.DEFAULTS)) {
            for (int i = 1; i <= 20; i++) {
                var seen = new CopyOnWriteArrayList<Long>();
                CompletableFuture<HttpResponse<String>> response = service.sendAsync("/x");
                CompletableFuture<Void> noted = response.handle((good, thrown) -> {
                    seen.add(service.seen().failures());
                    return null;
                });
                assertThat(response.orTimeout(1, TimeUnit.MILLISECONDS)).isSameAs(response);
                noted.get(5, TimeUnit.SECONDS);
                assertThat(seen).containsExactly((long) i);
            }
        }
    }

    @Test
    void aCancellationIsCountedBeforeItIsSeen() throws Exception {
        try (TestService service = new TestService(RawBackend.hang())) {
            CompletableFuture<HttpResponse<String>> response = service.sendAsync("/x");
            CompletableFuture<Long> noted =
                    response.handle((good, thrown) -> service.seen().ignored());
            response.cancel(true);
            assertThat(noted.get(5, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(response).isCancelled();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void aStatusOf500IsCountedBeforeItsBodyIsComplete(int status) throws Exception {
        try (TestService service = new TestService(line -> {
            line.head(status, 10);
            line.send("half");
            return line.pause(Long.MAX_VALUE);
        })) {
            HttpRequest request = service.client
                    .request("pay", "/x")
                    .timeout(Duration.ofMillis(300))
                    .build();
            var response = service.client.sendAsync("pay", request, HttpResponse.BodyHandlers.ofString());
            until(() -> service.seen().failures() == 1);
            assertThat(service.seen().callsInFlight()).isZero();
            assertThat(service.health().pendingRequests()).isEqualTo(1);
            assertThat(response.handle((good, thrown) -> thrown).get(5, TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(service.seen().failures()).isEqualTo(1);
            assertThat(service.totals().failures()).isEqualTo(1);
        }
    }

    @Test
    void aResponseThatOpensTheBreakerIsNotCancelledByThat() throws Exception {
        RetrySettings retries = RetrySettings.defaults();
        try (TestService service = new TestService(
                RawBackend.status(503, "x".repeat(300_000)),
                s -> s.failureThreshold(1),
                TestService.DEFAULTS,
                retries)) {
            HttpResponse<String> response = service.send("/x");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).hasSize(300_000);
            assertThat(service.totals().cancelled()).isZero();
        }
    }
}
