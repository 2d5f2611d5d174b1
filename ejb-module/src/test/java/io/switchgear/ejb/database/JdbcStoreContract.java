// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.ejb.fleet.FleetAnswer;
import io.switchgear.ejb.fleet.FleetIdentity;
import io.switchgear.ejb.fleet.FleetNode;
import io.switchgear.ejb.fleet.FleetStore;
import io.switchgear.ejb.fleet.FleetStoreContract;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the store in a database has to do beyond what every store does. */
abstract class JdbcStoreContract extends FleetStoreContract {
    private FleetStore store;

    /** Returns a data source of a database without tables; the same one within a test. */
    abstract DataSource source() throws SQLException;

    /** Returns a data source for the same database whose user may not create tables. */
    abstract DataSource restricted() throws SQLException;

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

    @Test
    void itsDescriptionIsForMessages() {
        assertThat(store().description()).isEqualTo("database java:test");
    }

    @Test
    void nodesThatStartTogetherCreateTheTablesOnce() throws Exception {
        DataSource source = source();
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Long>> starts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                starts.add(() -> new JdbcFleetStore(source, "x").version("shop"));
            }
            for (Future<Long> start : pool.invokeAll(starts)) {
                assertThat(start.get()).isZero();
            }
        } finally {
            pool.shutdownNow();
        }
        store().write(write(change(THRESHOLD, FLEET, "7", 0)));
        assertThat(store().since("shop", 0).rows()).hasSize(1);
    }

    @Test
    void aCreationThatACrashInterruptedIsRepeated() throws SQLException {
        store().version("shop");
        execute("drop table switchgear_schema", "drop table switchgear_node");
        assertThat(new JdbcFleetStore(source(), "x").nodes("shop")).isEmpty();
    }

    @Test
    void anOlderSchemaIsUpgradedAndKeepsItsData() throws Exception {
        store().write(write(change(THRESHOLD, FLEET, "7", 0)));
        Schema next = new Schema("io/switchgear/ejb/database/next-", 2);
        FleetStore upgraded = new JdbcFleetStore(source(), "x", next);
        assertThat(upgraded.since("shop", 0).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.value()).isEqualTo("7"));
        execute("update switchgear_setting set remark = 'seen'");
        assertThat(new JdbcFleetStore(source(), "x", new Schema("io/switchgear/ejb/database/next-", 2)).version("shop"))
                .as("the step is not run again")
                .isEqualTo(1);
        assertThat(store().version("shop"))
                .as("a node of the older release goes on")
                .isEqualTo(1);
    }

    @Test
    void tablesOfANewerReleaseAreRefused() throws SQLException {
        store().version("shop");
        execute("update switchgear_schema set version = 9");
        FleetStore old = new JdbcFleetStore(source(), "java:test");
        assertThatThrownBy(() -> old.version("shop"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("database java:test")
                .hasMessageContaining("have version 9, and this release knows version 1")
                .hasMessageContaining("deploy the release");
        assertThatThrownBy(() -> old.write(write(change(THRESHOLD, FLEET, "7", 0))))
                .isInstanceOf(UncheckedIOException.class);
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
    void aDamagedRowIsLeftOutAndKept() throws SQLException {
        store().write(write(change(THRESHOLD, FLEET, "7", 0)));
        store().write(write(change(OPEN_MILLIS, FLEET, "1", 0)));
        execute("update switchgear_setting set ends_at = 'soon' where setting = 'open-millis'");
        FleetStore.Rows rows = store().since("shop", 0);
        assertThat(rows.rows()).hasSize(1);
        assertThat(rows.damaged())
                .singleElement()
                .asString()
                .contains("OpenMillis of payments", "database java:test", "soon");
        execute("update switchgear_setting set ends_at = null");
        assertThat(store().since("shop", 0).rows()).hasSize(2);
    }

    @Test
    void aValueThatDoesNotFitIsRefusedForGood() {
        FleetStore store = store();
        assertThatThrownBy(() -> store.write(write(change(THRESHOLD, FLEET, "9".repeat(201), 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("database java:test refuses a value");
        assertThat(store.version("shop")).isZero();
        assertThat(store.write(write(change(THRESHOLD, FLEET, "9".repeat(200), 0)))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void oldChangesAndNodesThatAreGoneAreDeletedAndValuesStay() throws SQLException {
        store().write(write(change(THRESHOLD, FLEET, "7", 0)));
        store().write(write(change(OPEN_MILLIS, FLEET, "1", 0)));
        store().heartbeat(node("a", "1", 0));
        store().heartbeat(node("b", "1", 0));
        execute(
                "update switchgear_change set changed_at = '2026-01-01T00:00:00.000Z' where version = 1",
                "update switchgear_node set heartbeat_at = '2026-01-01T00:00:00.000Z' where node = 'a'");
        assertThat(store().clean("shop", 30)).isEqualTo(1);
        assertThat(store().history("shop", 9)).hasSize(1);
        assertThat(store().nodes("shop"))
                .extracting(FleetStore.NodeStatus::node)
                .containsExactly("b");
        assertThat(store().since("shop", 0).rows()).hasSize(2);
        FleetStore store = store();
        assertThatThrownBy(() -> store.clean("shop", 0)).hasMessage("days must be >= 1 but was 0");
    }

    @Test
    void twoNodesShareADatabase() {
        WritingProcess.Events events = new WritingProcess.Events();
        List<Breaker> breakers = new ArrayList<>();
        List<FleetNode> nodes = new ArrayList<>();
        for (String name : List.of("node-1", "node-2")) {
            FleetIdentity identity = new FleetIdentity("shop", name, true, Duration.ofSeconds(30), "0.1");
            FleetNode node = new FleetNode(identity, store(), events, events, () -> "");
            Breaker breaker = new Breaker("payments", BreakerSettings.defaults(), FailureRule.ANY, node::changed);
            node.added(breaker);
            node.step();
            nodes.add(node);
            breakers.add(breaker);
        }
        breakers.get(0).by("ada").update(now -> now.with(Map.of(Setting.FAILURE_THRESHOLD, 7)));
        breakers.get(0).by("ada").setMode(BreakerMode.FORCED_OPEN, Duration.ofHours(1), "repairs");
        breakers.get(1).by("bob").update(now -> now.with(Map.of(Setting.FAILURE_THRESHOLD, 9)));
        nodes.forEach(FleetNode::step);
        assertThat(breakers.get(1).settings().failureThreshold()).isEqualTo(7);
        assertThat(events.lost).singleElement().asString().contains("since ada on node-1 had changed it to 7");
        assertThat(breakers.get(1).snapshot().mode()).isEqualTo(BreakerMode.FORCED_OPEN);
        assertThat(breakers.get(1).snapshot().modeUntil())
                .isCloseTo(Instant.now().plus(Duration.ofHours(1)), within(1, ChronoUnit.MINUTES));
        nodes.forEach(FleetNode::step);
        assertThat(nodes.get(0).operations().await(List.of(), 2, Duration.ofSeconds(5)))
                .isEqualTo(new FleetAnswer(2, List.of("node-1", "node-2"), List.of(), List.of()));
    }

    @Test
    void aWriteWhoseAnswerIsLostIsFoundAgain() throws SQLException {
        store().version("shop");
        BrokenSource broken = new BrokenSource(source());
        FleetStore unlucky = new JdbcFleetStore(broken.source(), "java:test");
        FleetStore.Write write = write(change(THRESHOLD, FLEET, "7", 0));
        unlucky.write(write(change(OPEN_MILLIS, FLEET, "1", 0)));
        broken.failAfterCommit = true;
        assertThatThrownBy(() -> unlucky.write(write))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("database java:test cannot be read or written (the connection broke)");
        broken.failAfterCommit = false;
        assertThat(unlucky.write(write).version()).isEqualTo(2);
        assertThat(store().history("shop", 9)).hasSize(2);
        broken.failBeforeCommit = true;
        FleetStore.Write other = write(change(THRESHOLD, FLEET, "8", 2));
        assertThatThrownBy(() -> unlucky.write(other)).isInstanceOf(UncheckedIOException.class);
        assertThat(store().version("shop")).isEqualTo(2);
        broken.failBeforeCommit = false;
        assertThat(unlucky.write(other).version()).isEqualTo(3);
        assertThat(broken.open).as("connections that were not closed").isZero();
        assertThat(broken.autoCommit).as("connections given back as they were").isTrue();
        assertThat(broken.timeouts).as("time limits that are left").isZero();
    }

    @Test
    void aStatementThatFailsIsReportedForItsOwnReason() throws SQLException {
        store().version("shop");
        BrokenSource broken = new BrokenSource(source());
        FleetStore unlucky = new JdbcFleetStore(broken.source(), "java:test");
        unlucky.version("shop");
        broken.failStatements = true;
        assertThatThrownBy(() -> unlucky.version("shop"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("(the connection broke)")
                .satisfies(failed -> assertThat(failed.getCause().getCause().getSuppressed())
                        .as("the time limit could not be restored")
                        .isNotEmpty());
    }
}
