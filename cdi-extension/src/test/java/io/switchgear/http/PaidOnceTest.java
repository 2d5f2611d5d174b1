// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.PolicySource;
import io.switchgear.guard.Retry;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.time.Ticker;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The budget pays once for a retry that begins, and for none that does not, whenever its call ends. */
@Timeout(30)
class PaidOnceTest {
    private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);
    private static final URI PAY = URI.create("http://pay");
    private static final int DEPOSITS = 5;

    /** What a call does last before something else may happen to it. */
    private enum Point {
        WAIT_COMPUTED,
        FAILURE_SEEN,
        RETRY_SCHEDULED,
        RETRY_SENT
    }

    private final ThreadPoolExecutor executor = (ThreadPoolExecutor) Executors.newCachedThreadPool();
    private final ScheduledThreadPoolExecutor scheduler = new AtOnce();
    private final Breaker breaker =
            new Breaker("pay", BreakerSettings.builder().build(), FailureRule.ANY, transition -> {});
    private final Retry retry = new Retry(
            "pay",
            RetrySettings.defaults()
                    .maxAttempts(2)
                    .delay(Duration.ZERO)
                    .budgetPercent(100)
                    .minRetriesPerSecond(0),
            FailureRule.ANY,
            Ticker.SYSTEM,
            InstantSource.system(),
            () -> {
                reached(Point.WAIT_COMPUTED);
                return 0;
            });
    private final ServiceRegistry services = new ServiceRegistry(new PolicySource() {
                @Override
                public Breaker breaker(String name) {
                    return breaker;
                }

                @Override
                public Retry retry(String name) {
                    return retry;
                }
            })
            .add("pay", PAY);
    private final ResilientHttpClient client = new ResilientHttpClient(services, new Responding(), scheduler);
    private volatile int status = 200;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile Consumer<Point> hook = point -> {};

    private void reached(Point point) {
        hook.accept(point);
    }

    @AfterEach
    void close() {
        client.close();
        executor.shutdownNow();
        scheduler.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void aCallThatIsCancelled(Point point) throws Exception {
        endAt(point, call -> call.cancel(true));
        assertPaid(point == Point.RETRY_SENT ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void aCallThatTheCallerCompletesByAnotherResponse(Point point) throws Exception {
        endAt(point, call -> call.complete(null));
        assertPaid(point == Point.RETRY_SENT ? 1 : 0);
    }

    @Test
    void aRetryThatTheBreakerRejects() throws Exception {
        endAt(Point.RETRY_SCHEDULED, call -> breaker.forceOpen("maintenance"));
        assertPaid(0);
        assertThat(sent).hasValue(DEPOSITS + 1);
    }

    @Test
    void aRetryThatBegins() throws Exception {
        endAt(Point.RETRY_SENT, call -> {});
        assertPaid(1);
        assertThat(sent).hasValue(DEPOSITS + 2);
    }

    private void endAt(Point point, Consumer<CompletableFuture<?>> end) throws Exception {
        for (int i = 0; i < DEPOSITS; i++) {
            client.send("pay", client.request("pay", "/x").build(), BodyHandlers.discarding());
        }
        assertPaid(0);
        status = 503;
        CompletableFuture<CompletableFuture<?>> begun = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        hook = reached -> {
            if (reached == point && !ended.isDone()) {
                end.accept(begun.join());
                ended.complete(null);
            }
        };
        HttpRequest request = client.request("pay", "/x").build();
        CompletableFuture<?> call = client.sendAsync("pay", request, BodyHandlers.discarding());
        begun.complete(call);
        ended.get(10, TimeUnit.SECONDS);
        call.exceptionally(thrown -> null).get(10, TimeUnit.SECONDS);
        // until nothing is left that could pay or give back
        do {
            executor.submit(() -> {}).get();
        } while (executor.getActiveCount() > 0);
    }

    private void assertPaid(int retries) {
        assertThat(retry.snapshot().budgetBalance()).isEqualTo(DEPOSITS - retries);
        assertThat(retry.snapshot().retries()).isEqualTo(retries);
        assertThat(services.find("pay").orElseThrow().snapshot().retries()).isEqualTo(retries);
        assertThat(breaker.snapshot().callsInFlight()).isZero();
    }

    /** Runs what is due now before it returns. */
    private final class AtOnce extends ScheduledThreadPoolExecutor {
        AtOnce() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            if (delay > 0) {
                return super.schedule(work, delay, unit);
            }
            reached(Point.RETRY_SCHEDULED);
            work.run();
            return super.schedule(() -> {}, 0, unit);
        }
    }

    /** Responds to each request on another thread. */
    private final class Responding extends StubHttpClient {
        Responding() {
            super(AssertionError::new);
        }

        @Override
        public Optional<Executor> executor() {
            return Optional.of(executor);
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
            int present = status;
            if (sent.incrementAndGet() == DEPOSITS + 2) {
                reached(Point.RETRY_SENT);
            }
            return CompletableFuture.supplyAsync(
                    () -> {
                        BodySubscriber<T> reader = handler.apply(new Head(present));
                        reader.onSubscribe(new Silent());
                        reader.onComplete();
                        return new Response<T>(request, present);
                    },
                    executor);
        }
    }

    private record Head(int statusCode) implements ResponseInfo {
        @Override
        public HttpHeaders headers() {
            return NONE;
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    private record Silent() implements Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    private final class Response<T> implements HttpResponse<T> {
        private final HttpRequest request;
        private final int status;

        Response(HttpRequest request, int status) {
            this.request = request;
            this.status = status;
        }

        @Override
        public int statusCode() {
            if (status == 503) {
                reached(Point.FAILURE_SEEN);
            }
            return status;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return NONE;
        }

        @Override
        public T body() {
            return null;
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return PAY;
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }
}
