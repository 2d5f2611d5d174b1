// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A closed client leaves nothing behind, and clients, services and addresses that do not fit are refused. */
class ResilientHttpClientTest {
    @Test
    void whatIsPendingIsCancelled() throws Exception {
        try (TestService service = new TestService(RawBackend.hang())) {
            CompletableFuture<HttpResponse<String>> pending = service.sendAsync("/x");
            until(() -> service.backend.requests().size() == 1);
            service.client.close();
            assertThat(pending.handle((response, thrown) -> thrown).get(5, TimeUnit.SECONDS))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("the client of service pay was closed");
            until(() -> service.backend.hungUp().contains("/x"));
            assertThat(service.seen().ignored()).isEqualTo(1);
        }
    }

    @Test
    void aCallerThatWaitsForAResponseGetsTheReason() throws Exception {
        try (TestService service = new TestService(RawBackend.hang())) {
            CompletableFuture<Throwable> waiting =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> service.send("/x")));
            until(() -> service.backend.requests().size() == 1);
            service.client.close();
            assertThat(waiting.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("the client of service pay was closed");
        }
    }

    @Test
    void aStreamThatIsBeingReadEnds() throws Exception {
        try (TestService service = new TestService(RawBackend.hangInBody("half"))) {
            InputStream body = service.client
                    .send("pay", service.get("/x"), BodyHandlers.ofInputStream())
                    .body();
            service.client.close();
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            until(() -> service.backend.open() == 0);
        }
    }

    @Test
    void aClosedClientSendsNothing() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            service.client.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> service.send("/x"))
                    .withMessage("the client is closed; create another one for service pay");
            service.client.close();
            assertThat(service.backend.accepted()).isZero();
        }
    }

    @Test
    void itsThreadsEndAndItsConnectionsAreClosed() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        WeakReference<ClassLoader> application;
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            application = sendAsAnApplication(service);
            service.client.close();
            // the JDK's client checks every few seconds whether it is still referred to
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                System.gc();
                assertThat(ofClient(before)).isEmpty();
            });
            assertThat(service.backend.open()).isZero();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return application.get() == null;
        });
    }

    private static Set<String> ofClient(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("HttpClient-") || name.startsWith("switchgear-http-"))
                .collect(Collectors.toSet());
    }

    /** Sends under a context class loader that nothing else refers to. */
    private static WeakReference<ClassLoader> sendAsAnApplication(TestService service) throws Exception {
        ClassLoader loader = new URLClassLoader(new URL[0], ResilientHttpClientTest.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try (ResilientHttpClient client = new ResilientHttpClient(service.registry)) {
            client.send("pay", service.get("/x"), BodyHandlers.ofString());
            client.send("pay", service.get("/y"), BodyHandlers.ofString());
        } finally {
            Thread.currentThread().setContextClassLoader(ResilientHttpClientTest.class.getClassLoader());
        }
        return new WeakReference<>(loader);
    }

    @Test
    void aSchedulerThatWasGivenIsLeftAlone() throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            ResilientHttpClient client =
                    new ResilientHttpClient(service.registry, HttpClient.newHttpClient(), scheduler);
            assertThat(client.send("pay", service.get("/x"), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("fine");
            client.close();
            assertThat(scheduler.isShutdown()).isFalse();
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void aSchedulerThatIsShutDownFailsCallsAndHarmsNoBreaker() throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        scheduler.shutdownNow();
        try (TestService service = new TestService(RawBackend.ok("fine"));
                ResilientHttpClient client =
                        new ResilientHttpClient(service.registry, HttpClient.newHttpClient(), scheduler)) {
            assertThatThrownBy(() -> client.send("pay", service.get("/x"), BodyHandlers.ofString()))
                    .isInstanceOf(java.util.concurrent.RejectedExecutionException.class);
            assertThat(service.seen().ignored()).isEqualTo(1);
            assertThat(service.seen().callsInFlight()).isZero();
            assertThat(service.health().pendingRequests()).isZero();
        }
    }

    @Test
    void aClientThatFollowsRedirectsIsRefused() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            HttpClient following =
                    HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
            ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ResilientHttpClient(service.registry, following, scheduler))
                    .withMessage("followRedirects of the client must be NEVER but was NORMAL; a redirect may lead to"
                            + " another service than the breaker's");
            scheduler.shutdownNow();
        }
    }

    @Test
    void aRequestThatGoesElsewhereIsRefusedAndNotSent() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"));
                RawBackend other = new RawBackend(RawBackend.ok("secret"))) {
            HttpRequest elsewhere =
                    HttpRequest.newBuilder(other.url().resolve("/x")).build();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> service.client.send("pay", elsewhere, BodyHandlers.ofString()))
                    .withMessage("a request to service pay must go to an address below " + service.backend.url()
                            + " but went to " + other.url());
            assertThat(other.accepted()).isZero();
            assertThat(service.seen().calls()).isZero();
        }
    }

    @Test
    void anUnknownServiceIsRefusedWithThoseThatAreKnown() throws Exception {
        try (TestService service = new TestService(RawBackend.ok("fine"))) {
            service.registry.add("orders", URI.create("http://orders"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> service.client.request("users", "/x"))
                    .withMessage("there is no service users; known are: orders, pay");
        }
    }
}
