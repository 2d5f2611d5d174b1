// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.ejb.database.PostgresServer;
import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A server whose data source is PostgreSQL; the driver is deployed into the server. Skipped without PostgreSQL. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresFleetIT {
    private static final String SHELF = "Shelf#look()";
    private static final Map<String, String> NODE = Map.of("SWITCHGEAR_FLEET_NODE", "a");

    private static PostgresServer database;
    private static StartedServer server;

    @BeforeAll
    static void start() throws Exception {
        database = PostgresServer.start();
        server = StartedServer.start("postgres", NODE);
        assertThat(server.deploy(Archives.postgresDriver())).isEqualTo("deployed");
        WebArchive war =
                Archives.guarded("kept.war", """
                        switchgear.datasource = %s
                        switchgear.fleet.poll-seconds = 1
                        """.formatted(SharedDatabase.NAME)).addAsLibrary(Archives.ejbModule());
        SharedDatabase.addDataSource(war, database.url("public"), Archives.POSTGRES_DRIVER, "admin");
        assertThat(server.deploy(war)).isEqualTo("deployed");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    @Order(1)
    void whatIsChangedIsThereAfterARestartOfTheServer() throws Exception {
        try (Console console = server.console()) {
            await().ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(console.fleet("kept").get("Connection")).isEqualTo("connected"));
            Console.RemoteMBean shelf = console.breaker("kept", SHELF);
            shelf.set("FailureThreshold", 7);
            shelf.run("forceOpen", "maintenance");
            console.fleet("kept").run("changeSettings", "*", "breaker", SHELF, "SuccessThreshold=4");
            await().untilAsserted(() ->
                    assertThat(shelf.get("ChangedSettings").toString()).doesNotContain("not saved"));
        }
        server.close();
        server = StartedServer.startAgain("postgres", NODE);
        assertThat(server.outcome("kept.war")).isEqualTo("deployed");
        await().ignoreExceptions().untilAsserted(() -> {
            try (Console console = server.console()) {
                Console.RemoteMBean shelf = console.breaker("kept", SHELF);
                assertThat(shelf.get("FailureThreshold")).isEqualTo(7);
                assertThat(shelf.get("SuccessThreshold")).isEqualTo(4);
                assertThat(shelf.get("Mode")).isEqualTo("FORCED_OPEN");
                assertThat(shelf.get("ModeReason")).isEqualTo("maintenance");
                assertThat((String[]) console.fleet("kept").get("Overview"))
                        .containsExactly("a up to date: " + SHELF + " OPEN (FORCED_OPEN)");
            }
        });
    }

    @Test
    @Order(2)
    void whatIsChangedWhileTheDatabaseIsAwayIsThereAfterwardsInOrder() throws Exception {
        List<String> values =
                LongStream.rangeClosed(1_001, 1_050).mapToObj(String::valueOf).toList();
        try (Console console = server.console()) {
            Console.RemoteMBean shelf = console.breaker("kept", SHELF);
            database.stop();
            for (String value : values) {
                shelf.set("OpenMillis", Long.valueOf(value));
            }
            await().untilAsserted(() ->
                    assertThat(console.fleet("kept").get("WaitingChanges")).isEqualTo(50));
            assertThat(shelf.get("ChangedSettings").toString()).contains("OpenMillis=1050 (", "not saved)");
            assertThat(console.fleet("kept").get("Connection").toString())
                    .contains("database " + SharedDatabase.NAME + " cannot be read or written");
            database.startAgain();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(console.fleet("kept").get("Connection")).isEqualTo("connected");
                assertThat(console.fleet("kept").get("WaitingChanges")).isEqualTo(0);
            });
            assertThat(shelf.get("OpenMillis")).isEqualTo(1_050L);
            await().untilAsserted(() ->
                    assertThat(shelf.get("ChangedSettings").toString()).doesNotContain("not saved"));
            assertThat(((String[]) console.fleet("kept").get("ChangeLog"))[0])
                    .contains("OpenMillis of " + SHELF, "to 1050");
        }
        assertThat(logged("open-millis")).isEqualTo(values);
        assertThat(server.linesOf("SGR0073")).as("a start and an outage").hasSizeBetween(1, 2);
        assertThat(server.linesOf("SGR0075")).as("changes that were lost").isEmpty();
    }

    /** Returns the values that the log of changes has of a setting, in the order of their versions. */
    private static List<String> logged(String setting) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.source("public", "admin").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select new_value from switchgear_change where setting = '"
                        + setting + "' order by version, seq")) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
