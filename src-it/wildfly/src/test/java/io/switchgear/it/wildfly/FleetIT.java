// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import javax.management.ObjectName;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two servers that run one application on one database. The tests follow one another, as servers take long to start.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
    private static final String SHELF = "Shelf#look()";
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
                        """.formatted(SharedDatabase.NAME))
                .addAsLibrary(Archives.ejbModule()));
    }

    @AfterAll
    static void stop() {
        a.close();
        b.close();
        database.stop();
    }

    private static Console.RemoteMBean fleet(Console console) throws Exception {
        return console.breaker(new ObjectName("io.switchgear:type=Fleet,application=fleet"));
    }

    @Test
    @Order(1)
    void eachNodeSeesBoth() throws Exception {
        try (Console onA = a.console();
                Console onB = b.console()) {
            // the data source of the application may be there later than its beans
            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(fleet(onA).get("Connection")).isEqualTo("connected"));
            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(fleet(onB).get("Connection")).isEqualTo("connected"));
            await().untilAsserted(() ->
                    assertThat((String[]) fleet(onA).get("Overview")).containsExactly("a up to date", "b up to date"));
            assertThat((String[]) fleet(onB).get("Overview")).containsExactly("a up to date", "b up to date");
        }
    }

    @Test
    @Order(2)
    void aChangeForAllIsInForceOnTheOtherNodeWithinTwoLooks() throws Exception {
        try (Console onA = a.console();
                Console onB = b.console()) {
            assertThat(fleet(onA)
                            .run("changeSettings", "*", "breaker", SHELF, "FailureThreshold=7")
                            .toString())
                    .startsWith("change 1 is stored; in force on a");
            await().atMost(TWO_LOOKS)
                    .untilAsserted(() -> assertThat(onB.breaker("fleet", SHELF).get("FailureThreshold"))
                            .isEqualTo(7));
            assertThat(onA.breaker("fleet", SHELF).get("FailureThreshold")).isEqualTo(7);
            assertThat(onB.breaker("fleet", SHELF).get("LastChange").toString())
                    .contains("FailureThreshold from 2 to 7", " on a");
            assertThat(((String[]) fleet(onB).get("ChangeLog"))[0])
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
            assertThat(fleet(onA).get("WaitingChanges")).isEqualTo(0);
            await().untilAsserted(() ->
                    assertThat((String[]) fleet(onB).get("Overview")).contains("b up to date"));
            assertThat(onB.breaker("fleet", SHELF).get("OpenMillis")).isNotEqualTo(4_321L);
        }
    }

    @Test
    @Order(4)
    void aForcedModeReachesAllAndItsEndToo() throws Exception {
        try (Console onA = a.console();
                Console onB = b.console()) {
            fleet(onB).run("forceOpenFor", "*", SHELF, 5, "maintenance");
            await().atMost(TWO_LOOKS)
                    .untilAsserted(() ->
                            assertThat(onA.breaker("fleet", SHELF).get("Mode")).isEqualTo("FORCED_OPEN"));
            assertThat(onA.breaker("fleet", SHELF).get("ModeReason")).isEqualTo("maintenance");
            await().untilAsserted(() ->
                    assertThat(((String[]) fleet(onB).get("Overview"))[0]).contains(SHELF + " OPEN (FORCED_OPEN)"));
        }
    }

    @Test
    @Order(5)
    void aNodeThatIsKilledComesBackWithWhatWasStored() throws Exception {
        a.kill();
        try (Console onB = b.console()) {
            fleet(onB).run("changeSettings", "*", "breaker", SHELF, "SuccessThreshold=4");
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
            await().untilAsserted(
                            () -> assertThat(fleet(onB).get("WaitingChanges")).isEqualTo(1));
            assertThat(shelf.get("ChangedSettings").toString()).contains("HalfOpenMaxCalls=9 (", "not saved)");
            assertThatThrownBy(() -> fleet(onB).run("changeSettings", "*", "breaker", SHELF, "FailureThreshold=8"))
                    .hasStackTraceContaining("database " + SharedDatabase.NAME);
            assertThat(shelf.get("FailureThreshold")).isEqualTo(7);
            assertThat(fleet(onB).get("Connection").toString()).isNotEqualTo("connected");
            database.start();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(fleet(onB).get("Connection")).isEqualTo("connected");
                assertThat(fleet(onB).get("WaitingChanges")).isEqualTo(0);
            });
            await().untilAsserted(() ->
                    assertThat(shelf.get("ChangedSettings").toString()).doesNotContain("not saved"));
        }
        assertThat(b.linesOf("SGR0073")).hasSize(1);
        assertThat(b.linesOf("SGR0074")).hasSize(1);
    }
}
