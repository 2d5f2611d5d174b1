// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import io.switchgear.it.servers.Server;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The example as a fleet of two, with the configuration of {@code mvn -Prun -Dfleet=a verify}. The tests follow one
 * another, as servers take long to start.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShopFleetIT {
    private static final Path CONFIGURATION =
            Path.of("../../war-example/src/main/wildfly/fleet.yml").toAbsolutePath();
    private static final String USERS = "Users#find(long)";
    private static final Duration TWO_LOOKS = Duration.ofSeconds(2);

    private static StartedServer a;
    private static StartedServer b;

    @BeforeAll
    static void start() throws IOException {
        StartedServer.deleteBase("shop-fleet");
        a = start("a");
        b = start("b");
        assertThat(a.deploy(Archives.shop())).isEqualTo("deployed");
        assertThat(b.deploy(Archives.shop())).isEqualTo("deployed");
    }

    private static StartedServer start(String node) throws IOException {
        return StartedServer.start("shop-fleet/" + node, Map.of("SWITCHGEAR_FLEET_NODE", node), CONFIGURATION);
    }

    @AfterAll
    static void stop() {
        a.close();
        b.close();
    }

    private static JsonStructure page(StartedServer server, String path) {
        return Json.createReader(new StringReader(
                        Server.get(server.uri("shop/api/" + path)).body()))
                .read();
    }

    private static JsonObject fleet(StartedServer server) {
        return (JsonObject) page(server, "fleet");
    }

    private static Stream<JsonObject> nodes(StartedServer server) {
        return fleet(server).getJsonArray("nodes").getValuesAs(JsonObject.class).stream();
    }

    private static JsonObject users(StartedServer server) {
        return ((JsonArray) page(server, "breakers"))
                .getValuesAs(JsonObject.class).stream()
                        .filter(breaker -> breaker.getString("name").equals(USERS))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    @Order(1)
    void eachPageShowsItsNodeAndBothNodes() {
        for (StartedServer server : List.of(a, b)) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(nodes(server).map(node -> node.getString("name")))
                            .containsExactly("a", "b"));
            assertThat(nodes(server))
                    .allSatisfy(node -> assertThat(node.getBoolean("alive")).isTrue());
        }
        assertThat(fleet(a).getString("node")).isEqualTo("a");
        assertThat(fleet(b).getString("node")).isEqualTo("b");
    }

    @Test
    @Order(2)
    void aChangeForAllOnOneNodeIsOnThePageOfTheOtherWithinTwoLooks() throws Exception {
        try (Console onA = a.console()) {
            onA.fleet("shop").run("changeSettings", "*", "breaker", USERS, "FailureThreshold=7");
        }
        await().atMost(TWO_LOOKS)
                .untilAsserted(
                        () -> assertThat(users(b).getInt("failureThreshold")).isEqualTo(7));
        assertThat(fleet(b).getJsonArray("changes").getString(0))
                .contains("FailureThreshold of " + USERS, "to 7 on all nodes", "on a");
    }

    @Test
    @Order(3)
    void aForcedModeOfOneNodeIsThereAloneAndBothPagesShowIt() throws Exception {
        try (Console onA = a.console()) {
            onA.fleet("shop").run("forceOpen", "b", USERS, "vendor repairs");
        }
        await().atMost(TWO_LOOKS)
                .untilAsserted(
                        () -> assertThat(users(b).getString("modeReason")).isEqualTo("vendor repairs"));
        assertThat(users(a).getString("mode")).isEqualTo("AUTOMATIC");
        assertThat(fleet(b).getJsonArray("changes").getString(0))
                .contains("Mode of " + USERS + " from AUTOMATIC to FORCED_OPEN on b")
                .endsWith(": vendor repairs");
        await().untilAsserted(() -> assertThat(
                        nodes(a).map(node -> node.getJsonArray("breakers").toString()))
                .containsExactly("[]", "[\"" + USERS + " OPEN (FORCED_OPEN)\"]"));
    }

    @Test
    @Order(4)
    void theOtherNodeTakesOverTheDatabaseOfTheOneThatIsKilled() throws Exception {
        a.kill();
        try (Console onB = b.console()) {
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(onB.fleet("shop")
                                    .run("changeSettings", "*", "breaker", USERS, "SuccessThreshold=2")
                                    .toString())
                            .contains("is stored; in force on"));
        }
        assertThat(users(b).getInt("successThreshold")).isEqualTo(2);
    }
}
