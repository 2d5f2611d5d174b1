// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import static io.switchgear.http.TestService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of the JDK that has died, or cannot close its connections, is replaced, for all services. */
@Timeout(60)
class DeadClientTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final ServiceSettings SETTINGS = TestService.timeout(20_000);
    private static final RetrySettings RETRIES = RetrySettings.defaults().delay(Duration.ZERO);

    @Test
    void anotherClientReplacesItForAllServicesWithOneLogLine() throws Exception {
        Set<Thread> others = selectorManagers();
        try (TestService service = new TestService(RawBackend.ok("fine"));
                RecordedLog log = new RecordedLog()) {
            service.registry.add("other", service.backend.url());
            service.send("/x");
            service.backend.always(RawBackend.hang());
            List<CompletableFuture<HttpResponse<String>>> pending = IntStream.range(0, 5)
                    .mapToObj(i -> service.sendAsync("/pending"))
                    .toList();
            until(() -> service.backend.requests().size() == 6);
            kill(others);
            for (CompletableFuture<HttpResponse<String>> request : pending) {
                assertThatThrownBy(() -> request.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            }
            service.backend.always(RawBackend.ok("fine"));
            assertThat(service.send("/x").body()).isEqualTo("fine");
            assertThat(service.client
                            .send("other", service.client.request("other", "/x").build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("fine");
            assertThat(service.seen().failures()).isZero();
            assertThat(service.health().pendingRequests()).isZero();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("SGR0047"))
                    .containsExactly(
                            "WARNING SGR0047: a new HTTP client replaces the one of all services: its thread has ended;"
                                    + " requests that were pending have failed");
        }
    }

    @Test
    void aRequestThatMayBeRepeatedIsSentByTheNewClient() throws Exception {
        Set<Thread> others = selectorManagers();
        try (TestService service = new TestService(RawBackend.ok("fine"), s -> s, SETTINGS, RETRIES)) {
            service.send("/x");
            kill(others);
            assertThat(service.send("/x").body()).isEqualTo("fine");
        }
    }

    @Test
    void aClientOfTheApplicationIsNotReplaced() throws Exception {
        Set<Thread> others = selectorManagers();
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        try (TestService service = new TestService(RawBackend.ok("fine"));
                ResilientHttpClient client =
                        new ResilientHttpClient(service.registry, HttpClient.newHttpClient(), scheduler)) {
            client.send("pay", service.get("/x"), BodyHandlers.ofString());
            kill(others);
            assertThatThrownBy(() -> client.send("pay", service.get("/x"), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> client.send("pay", service.get("/x"), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(service.seen().failures()).isZero();
        } finally {
            scheduler.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: x\r\n\r\n",
                OK + "a b: c\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "large"
            })
    void connectionsDoNotPileUp(String response) throws Exception {
        String sent = response.equals("large") ? OK + "X: " + "x".repeat(400_000) : response;
        RawBackend.Answer hostile = line -> {
            line.send(sent);
            return line.pause(Long.MAX_VALUE);
        };
        try (TestService service = new TestService(hostile, s -> s.failureThreshold(1_000), SETTINGS)) {
            for (int i = 0; i < 200; i++) {
                assertThatThrownBy(() -> service.send("/x")).isInstanceOf(IOException.class);
            }
            assertThat(service.seen().failures()).isEqualTo(200);
            until(() -> {
                System.gc();
                return service.backend.open() <= 2 * RenewableClient.MAX_LEFT_OPEN;
            });
            service.backend.always(RawBackend.ok("fine"));
            assertThat(service.send("/x").body()).isEqualTo("fine");
        }
    }

    private static Set<Thread> selectorManagers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
                .collect(Collectors.toSet());
    }

    /** Ends the thread of each client but {@code others}, as an error in it does. */
    private static void kill(Set<Thread> others) throws InterruptedException {
        for (Thread thread : selectorManagers()) {
            if (!others.contains(thread)) {
                thread.interrupt();
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }
}
