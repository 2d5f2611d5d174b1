// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.ejb.fleet.FleetKey;
import io.switchgear.ejb.fleet.FleetStore;
import io.switchgear.ejb.fleet.FleetStoreContract;
import io.switchgear.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The creation of the tables, and their upgrade with all that is in them. */
abstract class SchemaContract extends FleetStoreContract {
    private static final String PREFIX = "io/switchgear/ejb/database/schema-";
    private static final List<String> TABLES =
            List.of("switchgear_application", "switchgear_setting", "switchgear_change", "switchgear_node");

    private FleetStore store;

    /** Returns a data source of a database without tables; the same one within a test. */
    abstract DataSource source() throws SQLException;

    /** Returns a data source for the same database whose user may not create tables. */
    abstract DataSource restricted() throws SQLException;

    /** Lets that user read and write a table. */
    abstract void grant(String table) throws SQLException;

    @Override
    protected FleetStore store() {
        if (store == null) {
            try {
                store = new JdbcFleetStore(source(), "java:test");
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
        return store;
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void runScript(String name) throws SQLException, IOException {
        try (InputStream script = getClass().getResourceAsStream(name)) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            // a semicolon within a text is not at the end of a line
            execute(Stream.of(text.split(";\n"))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty())
                    .toArray(String[]::new));
        }
    }

    /** Creates the tables of version 1, with what that release wrote. */
    private void version1() throws SQLException, IOException {
        new JdbcFleetStore(source(), "x", new Schema(PREFIX, 1)).version("shop");
        runScript("version-1-data.sql");
    }

    /** Returns all rows of the tables of version 1. */
    private List<String> rows() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= columns; i++) {
                            row.append(" | ").append(rows.getString(i));
                        }
                        found.add(row.toString());
                    }
                }
            }
        }
        return found.stream().sorted().toList();
    }

    private int version() throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version from switchgear_schema")) {
            assertThat(row.next()).isTrue();
            int version = row.getInt(1);
            assertThat(row.next()).as("a second row").isFalse();
            return version;
        }
    }

    /** Starts six nodes at the same time. */
    private void sixStart(Supplier<Schema> schema) throws Exception {
        DataSource source = source();
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Integer>> starts = IntStream.range(0, 6)
                    .<Callable<Integer>>mapToObj(each -> () -> new JdbcFleetStore(source, "x", schema.get())
                            .since("shop", 0)
                            .rows()
                            .size())
                    .toList();
            List<Integer> found = new ArrayList<>();
            for (Future<Integer> start : pool.invokeAll(starts)) {
                found.add(start.get());
            }
            assertThat(found).as("rows that each of them reads").hasSize(6).containsOnly(found.get(0));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void nodesThatStartTogetherCreateTheTablesOnce() throws Exception {
        sixStart(Schema::new);
        assertThat(version()).isEqualTo(2);
        store().write(write(change(THRESHOLD, FLEET, "7", 0)));
        assertThat(store().since("shop", 0).rows()).hasSize(1);
    }

    @Test
    void aCreationThatACrashInterruptedIsRepeated() throws SQLException {
        store().version("shop");
        execute("drop table switchgear_schema", "drop table switchgear_node", "drop table switchgear_cleaned");
        assertThat(new JdbcFleetStore(source(), "x").nodes("shop")).isEmpty();
    }

    @Test
    void anUpgradeFromVersion1KeepsAllData() throws Exception {
        version1();
        List<String> before = rows();
        assertThat(before).hasSize(15);
        List<FleetStore.Row> read = store().since("shop", 0).rows();
        assertThat(version()).isEqualTo(2);
        assertThat(rows()).isEqualTo(before);
        assertThat(read).extracting(FleetStore.Row::version).containsExactly(1L, 2L, 3L, 5L);
        assertThat(read.get(2).reason()).isEqualTo("repairs; until noon");
        assertThat(read.get(2).remainingMillis()).isPositive();
        assertThat(read.get(3).key())
                .isEqualTo(FleetKey.of("Orders#plc(\"a\", 'b') \u00e4\u00e9", Setting.MAX_ATTEMPTS));
        assertThat(read.get(3).value()).isNull();
        assertThat(store().history("shop", 9)).hasSize(5).first().satisfies(last -> {
            assertThat(last.author()).isEqualTo("cn=\u00e4da, ou=ops");
            assertThat(last.changedAt()).isEqualTo(Instant.parse("2026-02-01T10:00:04Z"));
        });
        assertThat(store().nodes("shop"))
                .extracting(FleetStore.NodeStatus::node)
                .containsExactly("node-1", "node-2");
        FleetStore.Change stale = change(THRESHOLD, FLEET, "8", 0);
        assertThat(store().write(write(stale)).conflicts().get(stale).author()).isEqualTo("ada at 10.0.0.5");
        assertThat(store().write(write(change(THRESHOLD, FLEET, "8", 5))).version())
                .isEqualTo(6);
        assertThat(store().since("bank", 0).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.value()).isEqualTo("70"));
    }

    @Test
    void aNodeOfTheOlderReleaseGoesOnAfterTheUpgrade() throws Exception {
        FleetStore older = new JdbcFleetStore(source(), "x", new Schema(PREFIX, 1));
        older.version("shop");
        store().version("shop");
        runScript("version-1-data.sql");
        assertThat(older.version("shop")).isEqualTo(5);
        assertThat(store().since("shop", 0).rows()).hasSize(4);
        FleetStore late = new JdbcFleetStore(source(), "java:test", new Schema(PREFIX, 1));
        assertThatThrownBy(() -> late.version("shop"))
                .as("one that starts")
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("have version 2, and this release knows version 1");
    }

    @Test
    void nodesThatStartTogetherUpgradeTheTablesOnce() throws Exception {
        version1();
        List<String> before = rows();
        sixStart(Schema::new);
        assertThat(version()).isEqualTo(2);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void nodesThatStartTogetherAddAColumnOnce() throws Exception {
        version1();
        store().version("shop");
        List<String> before = rows();
        sixStart(() -> new Schema("io/switchgear/ejb/database/next-", 3));
        assertThat(version()).isEqualTo(3);
        assertThat(rows())
                .hasSize(before.size())
                .filteredOn(row -> row.contains("it's"))
                .hasSize(2);
        execute("update switchgear_setting set remark = 'seen'");
        new JdbcFleetStore(source(), "x", new Schema("io/switchgear/ejb/database/next-", 3)).version("shop");
        assertThat(rows())
                .as("the step is not run again")
                .filteredOn(row -> row.endsWith("seen"))
                .hasSize(5);
        assertThat(store().version("shop")).as("a node of the older release").isEqualTo(5);
    }

    @Test
    void anUpgradeThatIsInterruptedAnywhereIsCompletedByTheNextStart() throws Exception {
        version1();
        List<String> before = rows();
        int interrupted = 0;
        for (int statements = 0; statements < 9; statements++) {
            execute("drop table if exists switchgear_cleaned", "update switchgear_schema set version = 1");
            BrokenSource broken = new BrokenSource(source());
            broken.statementsLeft = statements;
            FleetStore crashing = new JdbcFleetStore(broken.source(), "x");
            try {
                crashing.version("shop");
            } catch (UncheckedIOException crashed) {
                interrupted++;
                assertThat(rows()).as("after %s statements", statements).isEqualTo(before);
            }
            assertThat(new JdbcFleetStore(source(), "x").version("shop")).isEqualTo(5);
            assertThat(version()).isEqualTo(2);
            assertThat(rows()).isEqualTo(before);
        }
        assertThat(interrupted).isBetween(4, 8);
    }

    @Test
    void anUpgradeWhoseCommitFailsIsRepeated() throws Exception {
        version1();
        BrokenSource broken = new BrokenSource(source());
        broken.failBeforeCommit = true;
        FleetStore crashing = new JdbcFleetStore(broken.source(), "x");
        assertThatThrownBy(() -> crashing.version("shop")).isInstanceOf(UncheckedIOException.class);
        broken.failBeforeCommit = false;
        assertThat(crashing.version("shop")).isEqualTo(5);
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void withoutTheRightToCreateTablesTheMessageNamesTheStatementsToRun() throws SQLException {
        FleetStore store = new JdbcFleetStore(restricted(), "java:test");
        assertThatThrownBy(() -> store.version("shop"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be created")
                .hasMessageContaining("io/switchgear/ejb/database/schema-1.sql");
    }

    @Test
    void withoutTheRightToUpgradeTheMessageNamesTheStatementsToRunAndThenAllIsThere() throws Exception {
        version1();
        FleetStore restricted = new JdbcFleetStore(restricted(), "java:test");
        for (String table : TABLES) {
            grant(table);
        }
        grant("switchgear_schema");
        assertThatThrownBy(() -> restricted.version("shop"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be created or upgraded in database java:test")
                .hasMessageContaining("let an administrator run io/switchgear/ejb/database/schema-2.sql");
        assertThat(version()).isEqualTo(1);
        runScript("schema-2.sql");
        grant("switchgear_cleaned");
        assertThat(restricted.version("shop")).isEqualTo(5);
        assertThat(restricted.write(write(change(THRESHOLD, FLEET, "8", 5))).version())
                .isEqualTo(6);
    }

    @Test
    void tablesOfANewerReleaseAreRefused() throws SQLException {
        store().version("shop");
        execute("update switchgear_schema set version = 9");
        FleetStore old = new JdbcFleetStore(source(), "java:test");
        assertThatThrownBy(() -> old.version("shop"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("database java:test")
                .hasMessageContaining("have version 9, and this release knows version 2")
                .hasMessageContaining("deploy the release");
        assertThatThrownBy(() -> old.write(write(change(THRESHOLD, FLEET, "7", 0))))
                .isInstanceOf(UncheckedIOException.class);
    }
}
