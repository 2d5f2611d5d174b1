// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.served.Gate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Objects that the server creates and calls itself: it runs interceptors on them, so they are guarded. */
@ArquillianTest
class ServerObjectsIT extends ConsolePerTest {
    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "served.war")
                .addPackage(Gate.class.getPackage())
                .addAsLibrary(Archives.extension());
    }

    @Test
    void aFilterAListenerAResourceAndAProviderAreGuarded() throws Exception {
        assertThat(Server.get("served/rest/voice").body()).isEqualTo("hoarse");

        assertThat(total("filter", "SuccessesTotal")).isPositive();
        assertThat(total("listener", "SuccessesTotal")).isPositive();
        assertThat(total("resource", "FailuresTotal")).isPositive();
        assertThat(total("provider", "SuccessesTotal")).isPositive();
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "liberty",
            disabledReason = "the server runs no interceptors on an endpoint of a WebSocket")
    void aWebSocketEndpointIsGuarded() throws Exception {
        URI http = Server.uri("served/line");
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws" + http.toString().substring("http".length())), new WebSocket.Listener() {})
                .get();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(total("endpoint", "SuccessesTotal")).isPositive());
        } finally {
            socket.abort();
        }
    }

    private long total(String breaker, String attribute) throws Exception {
        return (long) console.breaker("served", breaker).get(attribute);
    }
}
