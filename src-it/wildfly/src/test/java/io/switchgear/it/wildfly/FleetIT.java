// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import io.switchgear.it.servers.layered.Kitchen;
import io.switchgear.it.wildfly.operated.OperationsResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two servers without messaging that run one application on one database. The tests follow one another, as servers take
 * long to start.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
    private static final String SHELF = "Shelf#look()";
    private static final Operators DESK = new Operators("desk");
    private static final List<String> READING = List.of("report", "snapshots", "nodes", "log");
    private static final List<String> CHANGING = List.of(
            "change",
            "change-retry",
            "mode",
            "reset",
            "undo",
            "half-open",
            "revert-retry",
            "fleet-change",
            "fleet-mode",
            "fleet-reset",
            "fleet-revert",
            "revert");
    private static final Duration TWO_LOOKS = Duration.ofSeconds(2);

    private static SharedDatabase database;
    private static StartedServer a;
    private static StartedServer b;

    @BeforeAll
    static void start() throws Exception {
        database = SharedDatabase.start("fleet-database");
        a = StartedServer.start("fleet-a", variables("a"));
        b = StartedServer.start("fleet-b", variables("b"));
        assertThat(a.deploy(war())).isEqualTo("deployed");
        assertThat(b.deploy(war())).isEqualTo("deployed");
    }

    private static Map<String, String> variables(String node) {
        return Map.of("SWITCHGEAR_FLEET_NODE", node);
    }

    private static WebArchive war() {
        return database.addTo(Archives.guarded("fleet.war", """
                        switchgear.datasource = %s
                        switchgear.fleet.poll-seconds = 1
                        switchgear.fleet.topic = java:/jms/topic/fleet
                        """.formatted(SharedDatabase.NAME))
                .addAsLibrary(Archives.ejbModule()));
    }

    @AfterAll
    static void stop() {
        a.close();
        b.close();
        database.stop();
    }

    @Test
    @Order(1)
    void eachNodeSeesBoth() throws Exception {
        try (Console onA = a.console();
                Console onB = b.console()) {
            // the data source of the application may be there later than its beans
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(onA.fleet("fleet").get("Connection")).isEqualTo("connected"));
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(onB.fleet("fleet").get("Connection")).isEqualTo("connected"));
            await().untilAsserted(() -> assertThat((String[]) onA.fleet("fleet").get("Overview"))
                    .containsExactly("a up to date", "b up to date"));
            assertThat((String[]) onB.fleet("fleet").get("Overview")).containsExactly("a up to date", "b up to date");
        }
        assertThat(a.linesOf("SGR0085"))
                .singleElement()
                .asString()
                .contains("see to the messaging of the server", "looks at the database every 1 s");
    }

    @Test
    @Order(2)
    void aChangeForAllIsInForceOnTheOtherNodeWithinTwoLooks() throws Exception {
        try (Console onA = a.console();
                Console onB = b.console()) {
            assertThat(onA.fleet("fleet")
                            .run("changeSettings", "*", "breaker", SHELF, "FailureThreshold=7")
                            .toString())
                    .startsWith("change 1 is stored; in force on a");
            await().atMost(TWO_LOOKS)
                    .untilAsserted(() -> assertThat(onB.breaker("fleet", SHELF).get("FailureThreshold"))
                            .isEqualTo(7));
            assertThat(onA.breaker("fleet", SHELF).get("FailureThreshold")).isEqualTo(7);
            assertThat(onB.breaker("fleet", SHELF).get("LastChange").toString())
                    .contains("FailureThreshold from 2 to 7", " on a");
            assertThat(((String[]) onB.fleet("fleet").get("ChangeLog"))[0])
                    .contains("#1 FailureThreshold of " + SHELF + " from configured to 7 on all nodes");
        }
    }

    @Test
    @Order(3)
    void aChangeOnOneNodeStaysThereAndIsShownAsStored() throws Exception {
        try (Console onA = a.console();
                Console onB = b.console()) {
            Console.RemoteMBean shelf = onA.breaker("fleet", SHELF);
            shelf.set("OpenMillis", 4_321L);
            await().untilAsserted(() -> assertThat(shelf.get("ChangedSettings").toString())
                    .contains("OpenMillis=4321 (")
                    .doesNotContain("not saved"));
            assertThat(onA.fleet("fleet").get("WaitingChanges")).isEqualTo(0);
            await().untilAsserted(() ->
                    assertThat((String[]) onB.fleet("fleet").get("Overview")).contains("b up to date"));
            assertThat(onB.breaker("fleet", SHELF).get("OpenMillis")).isNotEqualTo(4_321L);
        }
    }

    @Test
    @Order(4)
    void aForcedModeReachesAllAndItsEndToo() throws Exception {
        try (Console onA = a.console();
                Console onB = b.console()) {
            onB.fleet("fleet").run("forceOpenFor", "*", SHELF, 5, "maintenance");
            await().atMost(TWO_LOOKS)
                    .untilAsserted(() ->
                            assertThat(onA.breaker("fleet", SHELF).get("Mode")).isEqualTo("FORCED_OPEN"));
            assertThat(onA.breaker("fleet", SHELF).get("ModeReason")).isEqualTo("maintenance");
            await().untilAsserted(
                            () -> assertThat(((String[]) onB.fleet("fleet").get("Overview"))[0])
                                    .contains(SHELF + " OPEN (FORCED_OPEN)"));
        }
    }

    @Test
    @Order(5)
    void aNodeThatIsKilledComesBackWithWhatWasStored() throws Exception {
        a.kill();
        try (Console onB = b.console()) {
            onB.fleet("fleet").run("changeSettings", "*", "breaker", SHELF, "SuccessThreshold=4");
        }
        a = StartedServer.startAgain("fleet-a", variables("a"));
        assertThat(a.outcome("fleet.war")).isEqualTo("deployed");
        await().ignoreExceptions().untilAsserted(() -> {
            try (Console onA = a.console()) {
                Console.RemoteMBean shelf = onA.breaker("fleet", SHELF);
                assertThat(shelf.get("FailureThreshold")).isEqualTo(7);
                assertThat(shelf.get("SuccessThreshold")).isEqualTo(4);
                assertThat(shelf.get("OpenMillis")).isEqualTo(4_321L);
                assertThat(shelf.get("Mode")).isEqualTo("FORCED_OPEN");
            }
        });
    }

    @Test
    @Order(6)
    void withoutTheDatabaseChangesWaitAndAreShownAsNotSaved() throws Exception {
        database.stop();
        try (Console onB = b.console()) {
            Console.RemoteMBean shelf = onB.breaker("fleet", SHELF);
            shelf.set("HalfOpenMaxCalls", 9);
            await().untilAsserted(() ->
                    assertThat(onB.fleet("fleet").get("WaitingChanges")).isEqualTo(1));
            assertThat(shelf.get("ChangedSettings").toString()).contains("HalfOpenMaxCalls=9 (", "not saved)");
            assertThatThrownBy(
                            () -> onB.fleet("fleet").run("changeSettings", "*", "breaker", SHELF, "FailureThreshold=8"))
                    .hasStackTraceContaining("database " + SharedDatabase.NAME);
            assertThat(shelf.get("FailureThreshold")).isEqualTo(7);
            assertThat(onB.fleet("fleet").get("Connection").toString()).isNotEqualTo("connected");
            database.start();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(onB.fleet("fleet").get("Connection")).isEqualTo("connected");
                assertThat(onB.fleet("fleet").get("WaitingChanges")).isEqualTo(0);
            });
            await().untilAsserted(() ->
                    assertThat(shelf.get("ChangedSettings").toString()).doesNotContain("not saved"));
        }
        assertThat(b.linesOf("SGR0073")).hasSize(1);
        assertThat(b.linesOf("SGR0074")).hasSize(1);
    }

    // ---- operators who are users of the servers; their changes are for all nodes

    @Test
    @Order(7)
    void eachOperationNeedsItsRole() throws Exception {
        for (StartedServer server : List.of(a, b)) {
            WebArchive war = Archives.guarded("desk.war", """
                            switchgear.datasource = %s
                            switchgear.fleet.poll-seconds = 1
                            switchgear.fleet.changes-for-all = true
                            """.formatted(SharedDatabase.NAME))
                    .addPackage(OperationsResource.class.getPackage())
                    .addPackage(Kitchen.class.getPackage())
                    .addAsLibraries(Archives.ejbModule(), Archives.caffeine());
            assertThat(server.deploy(Operators.addLogin(war))).isEqualTo("deployed");
        }
        for (StartedServer server : List.of(a, b)) {
            for (String operation : READING) {
                assertThat(DESK.act(server, "rita", operation, SHELF, 7))
                        .as(operation)
                        .isNotEmpty()
                        .isNotEqualTo("refused");
                assertThat(DESK.act(server, "sam", operation, SHELF, 7)).isEqualTo("refused");
                assertThat(DESK.act(server, "", operation, SHELF, 7)).isEqualTo("refused");
            }
            for (String operation : CHANGING) {
                for (String user : List.of("rita", "sam", "")) {
                    assertThat(DESK.act(server, user, operation, SHELF, 7))
                            .as("%s by %s", operation, user)
                            .isEqualTo("refused");
                }
            }
            assertThat(DESK.act(server, "ada", "log", SHELF, 7))
                    .as("nothing was changed")
                    .isEqualTo("[]");
        }
        for (String operation : CHANGING) {
            String name = operation.endsWith("retry") ? "kitchen" : SHELF;
            assertThat(DESK.act(a, "ada", operation, name, 7)).as(operation).isNotEqualTo("refused");
        }
        assertThat(DESK.act(a, "ada", "nodes", SHELF, 7)).isEqualTo("[a, b]");
        assertThat(DESK.act(b, "bob", "fleet-change-on", SHELF, "c"))
                .isEqualTo("there is no node c of desk; its nodes are a, b");
        assertThat(DESK.act(b, "bob", "fleet-change", SHELF, 0))
                .isEqualTo("FailureThreshold must be a whole number >= 1 and <= 1000000 but was \"0\"");
        assertThat(DESK.act(b, "bob", "fleet-change", "Shell#look()", 7)).isEqualTo("no breaker has such a name");
        assertThat(DESK.act(b, "bob", "fleet-change-on", "Shelf*", "a")).contains("is stored; in force on ");
        assertThat(DESK.act(b, "bob", "log", SHELF, 7))
                .contains("SuccessThreshold of " + SHELF, " on a, by bob on b")
                .contains("by ada on a");
        assertThat(DESK.act(a, "ada", "revert", SHELF, 7)).isEqualTo("2");
    }

    /** Returns the setting on a node. */
    private static Object get(StartedServer server, String type, String name, String attribute) throws Exception {
        try (Console console = server.console()) {
            return console.named(type, "desk", name).get(attribute);
        }
    }

    /** Waits until both nodes have the same value of a setting and nothing waits, and returns it. */
    private static Object agreed(String type, String name, String attribute) {
        await().untilAsserted(() -> {
            for (StartedServer server : List.of(a, b)) {
                try (Console console = server.console()) {
                    Console.RemoteMBean fleet = console.fleet("desk");
                    assertThat(fleet.get("WaitingChanges")).isEqualTo(0);
                    assertThat((String[]) fleet.get("Overview"))
                            .allSatisfy(node -> assertThat(node).contains("up to date"));
                }
            }
            assertThat(get(a, type, name, attribute)).isEqualTo(get(b, type, name, attribute));
        });
        try {
            return get(a, type, name, attribute);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    @Order(8)
    void ofTwoWhoChangeTheSameAtOnceOneWinsAndTheOtherIsUndone() throws Exception {
        List<String> lost = List.of();
        for (int round = 0; round < 20 && lost.isEmpty(); round++) {
            int byAda = 100 + round;
            int byBob = 200 + round;
            Operators.atOnce(
                    () -> DESK.act(a, "ada", "change", SHELF, byAda), () -> DESK.act(b, "bob", "change", SHELF, byBob));
            assertThat(agreed("CircuitBreakers", SHELF, "FailureThreshold")).isIn(byAda, byBob);
            lost = Stream.concat(a.linesOf("SGR0075").stream(), b.linesOf("SGR0075").stream())
                    .filter(line -> line.contains("FailureThreshold of " + SHELF + ": your change"))
                    .toList();
        }
        assertThat(lost)
                .singleElement()
                .asString()
                .containsPattern(
                        "your change \\((ada|bob)\\) to \\d+ was not kept, since (bob on b|ada on a) had changed it to \\d+");
    }

    @Test
    @Order(9)
    void ofTwoFleetOperationsAtOnceOneWinsAndTheOtherIsRefused() throws Exception {
        boolean refused = false;
        for (int round = 0; round < 20 && !refused; round++) {
            int byAda = 300 + round;
            int byBob = 400 + round;
            String[] results = Operators.atOnce(
                    () -> DESK.act(a, "ada", "fleet-change", SHELF, byAda),
                    () -> DESK.act(b, "bob", "fleet-change", SHELF, byBob));
            Object value = agreed("CircuitBreakers", SHELF, "FailureThreshold");
            assertThat(value).isIn(byAda, byBob);
            String loser = value.equals(byAda) ? results[1] : results[0];
            String winner = value.equals(byAda) ? "ada on a" : "bob on b";
            assertThat(value.equals(byAda) ? results[0] : results[1]).contains("is stored; in force on ");
            refused = loser.contains("was not kept, since " + winner + " had changed it to " + value);
        }
        assertThat(refused).isTrue();
    }

    @Test
    @Order(10)
    void differentSettingsBothStayAndARetryIsTunedThroughBothNodes() throws Exception {
        Operators.atOnce(
                () -> DESK.act(a, "ada", "change", SHELF, 51), () -> DESK.act(b, "bob", "change-open", SHELF, 5_001));
        assertThat(agreed("CircuitBreakers", SHELF, "FailureThreshold")).isEqualTo(51);
        assertThat(agreed("CircuitBreakers", SHELF, "OpenMillis")).isEqualTo(5_001L);
        assertThat(DESK.act(a, "ada", "change-retry", "kitchen", 5)).isEqualTo("5");
        assertThat(agreed("Retries", "kitchen", "MaxAttempts")).isEqualTo(5);
        assertThat(get(b, "Retries", "kitchen", "LastChange").toString()).endsWith("by ada on a");
        assertThat(DESK.act(b, "bob", "change-retry", "kitchen", 6)).isEqualTo("6");
        assertThat(agreed("Retries", "kitchen", "MaxAttempts")).isEqualTo(6);
        assertThat(DESK.act(a, "ada", "revert-retry", "kitchen", 0)).isEqualTo("3");
        assertThat(agreed("Retries", "kitchen", "MaxAttempts")).isEqualTo(3);
    }
}
