// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitBreakers;
import io.switchgear.http.RawBackend;
import io.switchgear.http.ResilientHttpClient;
import io.switchgear.http.ServiceRegistry;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.ServiceSnapshot;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** Calls of one service, in the server, whose backend misbehaves as a test wants. */
abstract class ServiceCalls {
    static final int AT_ONCE = 20;

    /** Long enough for a busy machine. */
    static final Duration SOON = Duration.ofSeconds(15);

    @Inject
    ServiceRegistry services;

    @Inject
    ResilientHttpClient client;

    @Inject
    CircuitBreakers breakers;

    /** The service that the test calls. */
    String name;

    RawBackend backend;

    @AfterEach
    void stopBackend() throws IOException {
        if (backend != null) {
            backend.close();
        }
    }

    static ServiceSettings settings(long limitMillis) {
        return ServiceSettings.defaults().requestTimeout(Duration.ofMillis(limitMillis));
    }

    void service(String service, RawBackend.Answer answer, long limitMillis) throws IOException {
        service(service, answer, settings(limitMillis));
    }

    void service(String service, RawBackend.Answer answer, ServiceSettings settings) throws IOException {
        name = service;
        backend = new RawBackend(answer);
        services.add(service, backend.url(), settings);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(name, client.request(name, path).build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> begin(String path) {
        return client.sendAsync(name, client.request(name, path).build(), BodyHandlers.ofString());
    }

    BreakerSnapshot breaker() {
        return breakers.get(name).snapshot();
    }

    ServiceSnapshot totals() {
        return services.find(name).orElseThrow().snapshot();
    }

    /** Makes requests that the backend holds until it is released. */
    List<CompletableFuture<HttpResponse<String>>> hold(int requests) {
        backend.always(RawBackend.hold(RawBackend.ok("fine")));
        var held = IntStream.range(0, requests).mapToObj(i -> begin("/" + i)).toList();
        await().atMost(SOON).until(() -> backend.held() == requests);
        return held;
    }

    /** Makes calls, some of them at once, and waits until all have ended. */
    void call(int calls) throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        for (int i = 0; i < calls; i++) {
            room.acquire();
            CompletionStage<HttpResponse<String>> call = begin("/" + i);
            call.whenComplete((response, thrown) -> room.release());
        }
        room.acquire(AT_ONCE);
    }

    /**
     * Returns the open connections of the backend while more requests are held than at any other time. A leaked
     * connection would come in addition.
     */
    int connectionsWithAllInUse() throws Exception {
        var held = hold(2 * AT_ONCE);
        int open = backend.open();
        backend.always(RawBackend.ok("fine"));
        backend.release();
        for (var response : held) {
            assertThat(response.get().body()).isEqualTo("fine");
        }
        return open;
    }
}
