// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The backends of the shop, reached through the server's second port. */
final class Shop {
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final int WARM_UP_ROUNDS = 50;

    private final URI control;
    private final HttpClient http = HttpClient.newHttpClient();

    Shop(URI control) {
        this.control = control;
    }

    /** Changes the conditions of one backend. */
    void change(Service service, String conditions) throws IOException, InterruptedException {
        send("PUT", "api/backend/" + service.backend(), conditions);
    }

    /** Calls each service a few times, whatever comes back: a server that loads its classes under load falls behind. */
    void warmUp() {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            List<HttpRequest> requests = List.of(
                    request("GET", "api/users/1", ""),
                    request("GET", "api/products", ""),
                    request("PUT", "api/orders/warm-up-" + round, "{\"userId\": 1, \"productId\": 2}"),
                    request("PUT", "api/payments/warm-up-" + round, "{\"cents\": 120}"));
            requests.stream()
                    .map(request -> http.sendAsync(request, BodyHandlers.discarding()))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    /** Stops the traffic that the shop makes itself. */
    void empty() throws IOException, InterruptedException {
        send("PUT", "api/traffic", "{\"callsPerSecond\": 0}");
    }

    /** Returns how many calls the backend of a service has got. */
    long calls(Service service) throws IOException, InterruptedException {
        return Long.parseLong(
                send("GET", "api/backend/" + service.backend() + "/calls", "").body());
    }

    /** Returns whether the backend has this order. */
    boolean hasOrder(String path) throws IOException, InterruptedException {
        return http.send(request("GET", path, ""), BodyHandlers.discarding()).statusCode() == 200;
    }

    /** Returns the lines that a Prometheus would read. */
    long meters() throws IOException, InterruptedException {
        return send("GET", "metrics", "")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .count();
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(control.resolve(path))
                .timeout(MAX_WAIT)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(method, path, body), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response;
    }
}
