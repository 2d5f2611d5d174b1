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
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the store in a database has to do beyond what every store does. */
abstract class JdbcStoreContract extends SchemaContract {
    @Override
    protected void pass(int days) throws SQLException {
        for (String column : List.of("switchgear_node.heartbeat_at", "switchgear_change.changed_at")) {
            String table = column.substring(0, column.indexOf('.'));
            String name = column.substring(column.indexOf('.') + 1);
            List<String> times = new ArrayList<>();
            try (Connection connection = source().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select distinct " + name + " from " + table)) {
                while (rows.next()) {
                    times.add(rows.getString(1));
                }
            }
            // the oldest first: no time is moved twice
            for (String time : times.stream().sorted().toList()) {
                String then = Times.text(Times.of(time).minus(Duration.ofDays(days)));
                execute("update " + table + " set " + name + " = '" + then + "' where " + name + " = '" + time + "'");
            }
        }
    }

    @Test
    void itsDescriptionIsForMessages() {
        assertThat(store().description()).isEqualTo("database java:test");
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
    void onlyDaysAreKept() {
        FleetStore store = store();
        assertThatThrownBy(() -> store.clean("shop", 0)).hasMessage("days must be >= 1 but was 0");
    }

    @Test
    void aNodeThatStartsWhileOthersCleanAndWriteHasWhatItReads() throws Exception {
        FleetStore store = store();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 12; i++) {
                String incarnation = "start-" + i;
                store.heartbeat(node("late", "before-" + i, 0));
                store.write(write(change(THRESHOLD, "late", "7", store.version("shop"))));
                pass(31);
                CyclicBarrier together = new CyclicBarrier(4);
                Callable<Integer> cleaning = () -> {
                    together.await();
                    return store.clean("shop", 1);
                };
                Future<List<FleetStore.Row>> start = pool.submit(() -> {
                    together.await();
                    store.heartbeat(node("late", incarnation, 0));
                    return store.since("shop", 0).rows();
                });
                Future<FleetStore.Written> writing = pool.submit(() -> {
                    together.await();
                    return store.write(write(change(OPEN_MILLIS, FLEET, "9", store.version("shop"))));
                });
                List<Future<Integer>> both = List.of(pool.submit(cleaning), pool.submit(cleaning));
                long read = rowsFor("late", start.get());
                both.get(0).get();
                both.get(1).get();
                assertThat(writing.get().conflicts()).isEmpty();
                assertThat(rowsFor("late", store.since("shop", 0).rows()))
                        .as("in start %s", i)
                        .isEqualTo(read);
                assertThat(store.nodes("shop"))
                        .extracting(FleetStore.NodeStatus::incarnation)
                        .containsExactly(incarnation);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static long rowsFor(String target, List<FleetStore.Row> rows) {
        return rows.stream().filter(row -> row.target().equals(target)).count();
    }

    @Test
    void versionsGoOnAfterAnAdministratorHasDeletedRows() throws SQLException {
        store().write(write(change(THRESHOLD, FLEET, "7", 0)));
        store().write(write(change(OPEN_MILLIS, FLEET, "9", 0)));
        execute("delete from switchgear_application");
        assertThat(store().write(write(change(THRESHOLD, FLEET, "8", 2))).version())
                .isEqualTo(3);
        execute("delete from switchgear_application", "delete from switchgear_change");
        FleetStore.Change stale = change(THRESHOLD, FLEET, "9", 2);
        assertThat(store().write(write(stale)).conflicts()).containsOnlyKeys(stale);
        assertThat(store().write(write(change(THRESHOLD, FLEET, "9", 3))).version())
                .isEqualTo(4);
    }

    @Test
    void statesThatAreTooLongEndWithTheNumberOfTheOthers() {
        String states = IntStream.range(0, 200)
                .mapToObj(i -> String.format(Locale.ROOT, "a breaker with a name %07d OPEN", i))
                .collect(Collectors.joining("\n"));
        store().heartbeat(new FleetStore.NodeStatus("shop", "a", "1", 0, 0, "0.1", states, states, null, null, 0));
        FleetStore.NodeStatus read = store().nodes("shop").get(0);
        assertThat(read.states()).hasSizeBetween(3_900, FleetStore.MAX_TEXT).startsWith(states.substring(0, 3_800));
        List<String> lines = read.states().lines().toList();
        assertThat(lines.get(lines.size() - 1)).isEqualTo("... and " + (200 - (lines.size() - 1)) + " more");
        assertThat(lines.get(lines.size() - 2)).endsWith(" OPEN");
        assertThat(read.refused()).isEqualTo(read.states());
        String whole = "x".repeat(FleetStore.MAX_TEXT);
        store().heartbeat(new FleetStore.NodeStatus("shop", "a", "1", 0, 0, "0.1", whole, "", null, null, 0));
        assertThat(store().nodes("shop").get(0).states()).isEqualTo(whole);
        store().heartbeat(new FleetStore.NodeStatus("shop", "a", "1", 0, 0, "0.1", whole + "x", "", null, null, 0));
        assertThat(store().nodes("shop").get(0).states()).isEqualTo("... and 1 more");
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
