// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;

/** A client of the example. */
public final class Shop {
    public static final String APPLICATION = "shop";

    private Shop() {}

    public static HttpResponse<String> get(String path) {
        return Server.get("shop/api/" + path);
    }

    public static int status(String path) {
        return get(path).statusCode();
    }

    public static void breakBackend() {
        set("backend", "{\"failurePercent\": 100, \"latencyMillis\": 0}");
    }

    public static void repairBackend() {
        set(
                "backend",
                "{\"failurePercent\": 0, \"latencyMillis\": 0, \"hanging\": false, \"resetPercent\": 0, \"capacity\": 0}");
    }

    /** Changes the backend of one service. */
    public static void setBackend(String service, String json) {
        set("backend/" + service, json);
    }

    /** Lets each call of the backend take longer than its clients wait. */
    public static void slowBackend() {
        set("backend", "{\"failurePercent\": 0, \"latencyMillis\": 1500}");
    }

    /** Makes calls that reach the backend and fail there. */
    public static void fail(String path, int times) {
        breakBackend();
        for (int failure = 1; failure <= times; failure++) {
            assertThat(status(path)).as("failure %d", failure).isEqualTo(502);
        }
    }

    /** Stops the simulated shoppers, so that the calls of a test are the only ones. */
    public static void empty(Console console) {
        set("traffic", "{\"callsPerSecond\": 0}");
        List<Object> calls = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).during(Duration.ofMillis(500)).until(() -> {
            List<Object> before = List.copyOf(calls);
            calls.clear();
            for (ObjectName name : console.breakers(APPLICATION)) {
                RemoteMBean breaker = console.breaker(name);
                calls.add(breaker.get("CallsTotal"));
                calls.add(breaker.get("CallsInFlight"));
            }
            return before.equals(calls);
        });
    }

    private static void set(String path, String json) {
        HttpResponse<String> response = put(path, json);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
    }

    public static HttpResponse<String> put(String path, String json) {
        return Server.send(HttpRequest.newBuilder(Server.uri("shop/api/" + path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build());
    }
}
