// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static org.awaitility.Awaitility.await;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.PolicySource;
import io.switchgear.guard.Retry;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.ServiceSnapshot;
import io.switchgear.time.Time;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A service named "pay" at its own backend, and a client of it. */
final class TestService implements AutoCloseable {
    static final ServiceSettings DEFAULTS = ServiceSettings.defaults();

    final RawBackend backend;
    final Breaker breaker;
    private Retry retries;
    final ServiceRegistry registry;
    final ResilientHttpClient client;

    TestService(RawBackend.Answer answer) throws IOException {
        this(answer, s -> s, DEFAULTS);
    }

    /** Creates a service without retries. */
    TestService(RawBackend.Answer answer, UnaryOperator<BreakerSettings.Builder> settings, ServiceSettings service)
            throws IOException {
        this(answer, settings, service, RetrySettings.defaults().maxAttempts(1));
    }

    TestService(
            RawBackend.Answer answer,
            UnaryOperator<BreakerSettings.Builder> settings,
            ServiceSettings service,
            RetrySettings retries)
            throws IOException {
        backend = new RawBackend(answer);
        BreakerSettings built = settings.apply(BreakerSettings.builder()).build();
        breaker = new Breaker("pay", built, FailureRule.ANY, transition -> {});
        registry = new ServiceRegistry(new PolicySource() {
                    @Override
                    public Breaker breaker(String name) {
                        return breaker;
                    }

                    @Override
                    public Retry retry(String name) {
                        TestService.this.retries = new Retry(name, retries, FailureRule.ANY, Time.SYSTEM);
                        return TestService.this.retries;
                    }
                })
                .add("pay", backend.url(), service);
        client = new ResilientHttpClient(registry);
    }

    Retry retries() {
        return retries;
    }

    static ServiceSettings timeout(long millis) {
        return new ServiceSettings(millis, true, false, 10_000, 16_000_000, 0, 1_000);
    }

    HttpRequest get(String path) {
        return client.request("pay", path).build();
    }

    HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return client.send("pay", get(path), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String path) {
        return client.sendAsync("pay", get(path), BodyHandlers.ofString());
    }

    BreakerSnapshot seen() {
        return breaker.snapshot();
    }

    CircuitState state() {
        return seen().state();
    }

    ServiceHealth health() {
        return registry.health().get(0);
    }

    ServiceSnapshot totals() {
        return totals("pay");
    }

    ServiceSnapshot totals(String name) {
        return registry.find(name).orElseThrow().snapshot();
    }

    /** Waits until a condition on the other side is true. */
    static void until(Callable<Boolean> so) {
        await().until(so);
    }

    @Override
    public void close() throws IOException {
        client.close();
        backend.close();
    }
}
