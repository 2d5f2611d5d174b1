// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.BulkheadFullException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;

/** Methods that MicroProfile's {@code @Asynchronous} runs on other threads. */
class MicroProfileAsyncTest implements LeavesNoMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final int SECONDS = 20;

    @RequestScoped
    public static class Request {
        private final AtomicInteger uses = new AtomicInteger();

        int use() {
            return uses.incrementAndGet();
        }
    }

    @ApplicationScoped
    public static class Services {
        private final AtomicInteger calls = new AtomicInteger();

        @Inject
        private Request request;

        int calls() {
            return calls.get();
        }

        @Asynchronous
        @Retry(maxRetries = 2, jitter = 0)
        public CompletionStage<String> where() {
            if (calls.incrementAndGet() < 3) {
                return CompletableFuture.failedStage(new IllegalStateException("not yet"));
            }
            Thread thread = Thread.currentThread();
            return CompletableFuture.completedStage(
                    thread.getName() + ", " + thread.getContextClassLoader() + ", " + request.use());
        }

        @Asynchronous
        @Retry(maxRetries = 2, jitter = 0)
        @Fallback(fallbackMethod = "instead")
        public Future<String> failedFuture() {
            calls.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("in the future"));
        }

        @Asynchronous
        @Retry(maxRetries = 2, jitter = 0)
        @Fallback(fallbackMethod = "instead")
        public Future<String> failed() {
            calls.incrementAndGet();
            throw new IllegalStateException("in the method");
        }

        Future<String> instead() {
            return CompletableFuture.completedFuture("instead");
        }

        @Asynchronous
        @CircuitBreaker(requestVolumeThreshold = 1)
        public CompletionStage<String> rejected() {
            throw new IllegalStateException("opens it");
        }

        @Asynchronous
        @Retry(maxRetries = 5, jitter = 0)
        public Future<String> waits(CountDownLatch begun, CountDownLatch interrupted) {
            calls.incrementAndGet();
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
            return CompletableFuture.completedFuture("interrupted");
        }

        @Asynchronous
        @Timeout(30)
        @Bulkhead(value = 1, waitingTaskQueue = 1)
        public Future<String> deaf(CountDownLatch end) {
            calls.incrementAndGet();
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
            return CompletableFuture.completedFuture("too late");
        }

        @Asynchronous
        @Bulkhead(value = 1, waitingTaskQueue = 1)
        public CompletionStage<String> limited(CompletableFuture<String> result) {
            calls.incrementAndGet();
            return result;
        }

        @Bulkhead(value = 1, waitingTaskQueue = 5)
        public String held(CountDownLatch begun, CountDownLatch end) throws InterruptedException {
            begun.countDown();
            assertThat(end.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            return "done";
        }
    }

    private static ObjectName bulkhead(String method) throws Exception {
        return new ObjectName(
                "io.switchgear:type=Bulkheads,application=default,name=" + ObjectName.quote("Services#" + method));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(SECONDS, TimeUnit.SECONDS);
    }

    private static <T> T valueOf(CompletionStage<T> stage) throws Exception {
        return get(stage.toCompletableFuture());
    }

    @Test
    void eachAttemptHasARequestContextAndTheClassLoaderOfTheCaller() throws Exception {
        try (Application application = new Application(Services.class, Request.class)) {
            Services services = application.get(Services.class);

            assertThat(valueOf(services.where()))
                    .isEqualTo(
                            "switchgear-asynchronous, " + Thread.currentThread().getContextClassLoader() + ", 1");
            assertThat(services.calls()).isEqualTo(3);
        }
    }

    @Test
    void ofAFutureTheMethodIsJudgedAndNotTheResult() throws Exception {
        try (Application application = new Application(Services.class, Request.class)) {
            Services services = application.get(Services.class);

            assertThatThrownBy(() -> get(services.failedFuture()))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("in the future");
            assertThat(services.calls()).isEqualTo(1);
            assertThat(get(services.failed())).isEqualTo("instead");
            assertThat(services.calls()).isEqualTo(4);
        }
    }

    @Test
    void aRejectionIsAFailedStageAndNeverThrown() throws Exception {
        try (Application application = new Application(Services.class, Request.class)) {
            Services services = application.get(Services.class);
            assertThatThrownBy(() -> valueOf(services.rejected())).hasCauseInstanceOf(IllegalStateException.class);

            CompletionStage<String> rejected = services.rejected();
            assertThatThrownBy(() -> valueOf(rejected)).hasCauseInstanceOf(CircuitBreakerOpenException.class);
        }
    }

    @Test
    void cancellationInterruptsTheAttemptAndNoOtherBegins() throws Exception {
        try (Application application = new Application(Services.class, Request.class)) {
            Services services = application.get(Services.class);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<String> future = services.waits(begun, interrupted);
            assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).isTrue();

            assertThat(future.cancel(false)).isTrue();
            assertThat(interrupted.getCount()).isEqualTo(1);
            assertThat(future.isCancelled()).isTrue();
            assertThatThrownBy(() -> get(future)).isInstanceOf(CancellationException.class);

            CountDownLatch begunAgain = new CountDownLatch(1);
            Future<String> other = services.waits(begunAgain, interrupted);
            assertThat(begunAgain.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(other.cancel(true)).isTrue();
            assertThat(interrupted.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(services.calls()).isEqualTo(2);
        }
    }

    @Test
    void aMethodThatDoesNotReactLosesItsCallerButKeepsItsPlace() throws Exception {
        try (Application application = new Application(Services.class, Request.class)) {
            Services services = application.get(Services.class);
            CountDownLatch end = new CountDownLatch(1);
            try {
                assertThatThrownBy(() -> get(services.deaf(end))).hasCauseInstanceOf(TimeoutException.class);
                assertThat(SERVER.getAttribute(bulkhead("deaf(CountDownLatch)"), "CallsInFlight"))
                        .isEqualTo(1);
                assertThatThrownBy(() -> get(services.deaf(end))).hasCauseInstanceOf(TimeoutException.class);
                assertThat(services.calls()).as("the second call waited").isEqualTo(1);
            } finally {
                end.countDown();
            }
        }
    }

    @Test
    void aBulkheadIsTunedWhileCallsWait() throws Exception {
        try (Application application = new Application(Services.class, Request.class)) {
            Services services = application.get(Services.class);
            CompletableFuture<String> first = new CompletableFuture<>();
            CompletionStage<String> running = services.limited(first);
            CompletionStage<String> waiting = services.limited(CompletableFuture.completedFuture("second"));
            assertThatThrownBy(() -> valueOf(services.limited(first)))
                    .hasCauseInstanceOf(BulkheadException.class)
                    .hasRootCauseInstanceOf(BulkheadFullException.class)
                    .hasStackTraceContaining("the bulkhead Services#limited(CompletableFuture) has no place");

            SERVER.setAttribute(bulkhead("limited(CompletableFuture)"), new Attribute("MaxConcurrentCalls", 2));

            assertThat(valueOf(waiting)).isEqualTo("second");
            first.complete("first");
            assertThat(valueOf(running)).isEqualTo("first");
        }
    }

    @Test
    void withoutAsynchronousNoCallWaits() throws Exception {
        try (Application application = new Application(Services.class, Request.class)) {
            Services services = application.get(Services.class);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> {
                try {
                    return services.held(begun, end);
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            });
            assertThat(begun.await(SECONDS, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> services.held(begun, end)).isInstanceOf(BulkheadException.class);

            end.countDown();
            assertThat(get(other)).isEqualTo("done");
            assertThat(services.held(begun, end)).isEqualTo("done");
        }
    }
}
