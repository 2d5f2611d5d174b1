// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stream of events behind the page of the example, as it is on the wire. */
@ArquillianTest
class ShopStreamIT {
    private static final int MAX_STREAMS = 100;

    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    /** One open stream. */
    private static final class Stream implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader lines;
        private final String status;

        /** @param receiveBytes how much the client takes in before it reads */
        Stream(int receiveBytes) throws IOException {
            socket.setReceiveBufferSize(receiveBytes);
            socket.setSoTimeout(20_000);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.getInteger("server.http.port")));
            socket.getOutputStream()
                    .write("GET /shop/api/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            status = lines.readLine();
        }

        Stream() throws IOException {
            this(65_536);
        }

        /** Returns the next message. */
        JsonObject next() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("data:")) {
                line = lines.readLine();
            }
            return Json.createReader(new StringReader(line.substring("data:".length())))
                    .readObject();
        }

        /** Returns the next second, without messages of changes alone. */
        JsonObject nextSecond() throws IOException {
            JsonObject message = next();
            while (!message.containsKey("second")) {
                message = next();
            }
            return message.getJsonObject("second");
        }

        /** Returns the rest of a response that is not a stream. */
        String rest() throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("}") < 0) {
                text.append((char) lines.read());
            }
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static JsonObject row(JsonObject message, String name) {
        return message.getJsonArray("breakers").getValuesAs(JsonObject.class).stream()
                .filter(row -> row.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePastComesFirstAndThenEachSecond() throws Exception {
        try (Stream stream = new Stream()) {
            assertThat(stream.status).isEqualTo("HTTP/1.1 200 OK");
            JsonObject first = stream.next();
            assertThat(first.getJsonArray("history")).isNotEmpty().hasSizeLessThanOrEqualTo(600);
            assertThat(first.getJsonArray("breakers")).hasSize(6);

            assertThat(Shop.status("products")).isEqualTo(200);
            long calls = 0;
            for (int second = 0; calls == 0 && second < 5; second++) {
                JsonArray catalogue =
                        stream.nextSecond().getJsonObject("breakers").getJsonArray("catalogue");
                assertThat(catalogue.getString(0)).isEqualTo("CLOSED");
                calls = catalogue.getInt(2);
                assertThat(catalogue.isNull(7)).isEqualTo(calls == 0);
            }
            assertThat(calls).isEqualTo(1);
        }
    }

    @Test
    void aChangeIsSentAtOnce() throws Exception {
        try (Stream stream = new Stream()) {
            stream.next();
            stream.nextSecond();
            long start = System.nanoTime();
            SHOP.breaker("catalogue").run("forceOpen", "vendor repairs");
            JsonObject changed = stream.next();
            while (!row(changed, "catalogue").getString("state").equals("OPEN")) {
                changed = stream.next();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            assertThat(row(changed, "catalogue").getString("modeReason")).isEqualTo("vendor repairs");
        }
    }

    @Test
    void oneStreamTooManyIsRefusedWithASentence() throws Exception {
        List<Stream> streams = new ArrayList<>();
        try {
            for (int number = 0; number < MAX_STREAMS; number++) {
                streams.add(new Stream());
                assertThat(streams.get(number).status).as("stream %d", number).isEqualTo("HTTP/1.1 200 OK");
            }
            try (Stream tooMany = new Stream()) {
                assertThat(tooMany.status).startsWith("HTTP/1.1 503");
                assertThat(tooMany.rest())
                        .contains("Retry-After: 10", "{\"error\":\"all 100 streams of events are in use");
            }
            assertThat(Shop.status("breakers")).isEqualTo(200);
            streams.get(0).next();
            streams.get(MAX_STREAMS - 1).next();
        } finally {
            for (Stream stream : streams) {
                stream.close();
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (Stream again = new Stream()) {
                return again.status.startsWith("HTTP/1.1 200");
            }
        });
    }

    /** That it is dropped in the end, {@code LiveStreamTest} shows: the network takes in more than a megabyte first. */
    @Test
    void aClientThatDoesNotReadHoldsUpNobody() throws Exception {
        try (Stream reader = new Stream();
                Stream idle = new Stream(1_024)) {
            assertThat(idle.status).isEqualTo("HTTP/1.1 200 OK");
            reader.next();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (System.nanoTime() < end) {
                SHOP.all().run("reset", "*");
                long asked = System.nanoTime();
                reader.next();
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(3));
            }
        }
    }
}
