// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stream of events behind the page of the example, as it is on the wire. */
@ArquillianTest
@Timeout(120)
class ShopStreamIT {
    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    private static JsonObject row(JsonObject message, String name) {
        return message.getJsonArray("breakers").getValuesAs(JsonObject.class).stream()
                .filter(row -> row.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePastComesFirstAndThenEachSecond() throws Exception {
        try (ShopStream stream = new ShopStream()) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
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
        try (ShopStream stream = new ShopStream()) {
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
    void aClientThatDoesNotReadHoldsUpNoOther() throws Exception {
        try (ShopStream reader = new ShopStream();
                Socket idle = ShopStream.request(1_024)) {
            assertThat(ShopStream.statusLine(idle)).startsWith("HTTP/1.1 200 ");
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

    /** The network takes in more than a megabyte of messages first. */
    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "payara|glassfish.",
            disabledReason = "the server takes in all messages for a client that does not read")
    void theEndOfAStreamDoesNotWaitForAClientThatDoesNotRead() throws Exception {
        try (ShopStream reader = new ShopStream();
                Socket idle = ShopStream.request(1_024)) {
            assertThat(ShopStream.statusLine(idle)).startsWith("HTTP/1.1 200 ");
            int received = reader.next().toString().length();
            for (int change = 0; received < 4_000_000; change++) {
                SHOP.all().run("forceOpen", "*", change + " " + "long reason ".repeat(1_500));
                received += reader.next().toString().length();
            }
            assertThat(SHOP.console().diagnose("threadPrint")).doesNotContain("LiveStream.end", "LiveStream.close");
        }
    }
}
