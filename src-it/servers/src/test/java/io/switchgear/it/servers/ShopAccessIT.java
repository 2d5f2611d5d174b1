// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests the example accepts, as they are on the wire, and how long it takes while its backend is slow. */
@ArquillianTest
class ShopAccessIT {
    private static final String BROKEN = "{\"failurePercent\": 100, \"latencyMillis\": 0}";

    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    private static int port() {
        return Integer.getInteger("server.http.port");
    }

    /** Sends a request with these headers and returns the whole response. */
    private static String send(String method, String path, String body, String... headers) throws IOException {
        String head = method + " /shop/" + path + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String put(String path, String body, String... more) throws IOException {
        List<String> headers = new ArrayList<>(List.of(more));
        headers.add("Content-Type: application/json");
        headers.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        return send("PUT", path, body, headers.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "LOCALHOST", "[::1]"})
    void thisMachineIsServed(String host) throws IOException {
        assertThat(send("GET", "", "", "Host: " + host + ":" + port()))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Security-Policy: default-src 'self'; frame-ancestors 'none'")
                .contains("X-Content-Type-Options: nosniff");
        assertThat(send("GET", "api/breakers", "", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example",
                "rebound.example:8080",
                "localhost.rebound.example",
                "127.0.0.1.rebound.example",
                "10.0.0.1",
                "0.0.0.0",
                "localhost@rebound.example"
            })
    void aNameThatMayBelongToAnAttackerIsRefusedEverywhere(String host) throws IOException {
        for (String path : List.of("", "api/breakers", "api/backend", "report", "metrics", "panel.js")) {
            String response = send("GET", path, "", "Host: " + host);
            assertThat(response).as(path).matches("(?s)HTTP/1.1 40[03].*").doesNotContain("failurePercent", "CLOSED");
        }
        assertThat(put("api/backend", BROKEN, "Host: " + host)).matches("(?s)HTTP/1.1 40[03].*");
        assertThat(Shop.get("backend").body()).contains("\"failurePercent\":0");
    }

    @ParameterizedTest
    @CsvSource({"http://rebound.example, 403", "null, 403", "https://localhost, 403", "http://localhost, 403"})
    void aPageOfAnotherOriginChangesNothing(String origin, int status) throws IOException {
        assertThat(put("api/backend", BROKEN, "Host: localhost:" + port(), "Origin: " + origin))
                .startsWith("HTTP/1.1 " + status);
        assertThat(Shop.get("backend").body()).contains("\"failurePercent\":0");
    }

    @Test
    void thePageItselfMayChangeTheBackend() throws IOException {
        String host = "localhost:" + port();
        assertThat(put("api/backend", BROKEN, "Host: " + host, "Origin: http://" + host))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aLargeBodyIsRefusedUnread() throws IOException {
        String host = "Host: localhost";
        assertThat(send("PUT", "api/backend", "{", host, "Content-Type: application/json", "Content-Length: 5000000"))
                .startsWith("HTTP/1.1 413")
                .hasSizeLessThan(1_000);
        assertThat(send(
                        "PUT",
                        "api/backend",
                        "2\r\n{}\r\n0\r\n\r\n",
                        host,
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked"))
                .startsWith("HTTP/1.1 411")
                .hasSizeLessThan(1_000);
    }

    @Test
    void aRefusedValueIsAShortSentence() throws IOException {
        for (String value : List.of(
                "9".repeat(900),
                "1e" + "9".repeat(9),
                "0." + "9".repeat(900),
                "\"" + "x".repeat(900) + "\"",
                "[".repeat(900),
                "{\"a\":".repeat(150))) {
            assertThat(put("api/traffic", "{\"callsPerSecond\": " + value + "}", "Host: localhost"))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"error\":\"")
                    .hasSizeLessThan(1_000);
        }
        assertThat(put("api/orders/" + "a".repeat(5_000), "{\"userId\": 1, \"productId\": 1}", "Host: localhost"))
                .startsWith("HTTP/1.1 404")
                // the server may add its error page
                .doesNotContain("a".repeat(900));
    }

    @Test
    void aSlowBackendDoesNotMakeThePageSlow() throws Exception {
        for (int product = 1; product <= 5; product++) {
            assertThat(Shop.status("products/" + product)).isEqualTo(200);
        }
        Shop.slowBackend();
        List<Callable<Duration>> visitors = new ArrayList<>();
        for (int visitor = 0; visitor < 8; visitor++) {
            visitors.add(ShopAccessIT::visit);
        }
        ExecutorService pool = Executors.newFixedThreadPool(visitors.size());
        try {
            for (int round = 1; round <= 3; round++) {
                for (Future<Duration> visit : pool.invokeAll(visitors)) {
                    // the first visitors wait for up to six time limits, before the breakers have opened
                    assertThat(visit.get()).as("round %d", round).isLessThan(Duration.ofSeconds(round == 1 ? 8 : 3));
                }
            }
        } finally {
            pool.shutdownNow();
            Shop.repairBackend();
        }
    }

    /** Opens the page and makes each of its calls, one after the other. */
    private static Duration visit() {
        long started = System.nanoTime();
        assertThat(Server.get("shop/").statusCode()).isEqualTo(200);
        Shop.status("users/1");
        assertThat(Shop.status("users/1/points")).isEqualTo(200);
        Shop.status("products");
        assertThat(Shop.status("products/1")).isEqualTo(200);
        Shop.put("orders/a-1", "{\"userId\": 1, \"productId\": 2}");
        Shop.put("payments/a-1", "{\"cents\": 120}");
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
