// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.ejb.fleet.FleetStore.Change;
import io.switchgear.ejb.fleet.FleetStore.LoggedChange;
import io.switchgear.ejb.fleet.FleetStore.NodeStatus;
import io.switchgear.ejb.fleet.FleetStore.Row;
import io.switchgear.ejb.fleet.FleetStore.Write;
import io.switchgear.ejb.fleet.FleetStore.Written;
import io.switchgear.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store has to do. */
public abstract class FleetStoreContract {
    protected static final String FLEET = FleetStore.FLEET;
    protected static final FleetKey THRESHOLD = FleetKey.of("payments", Setting.FAILURE_THRESHOLD);
    protected static final FleetKey OPEN_MILLIS = FleetKey.of("payments", Setting.OPEN_MILLIS);
    protected static final FleetKey MODE = FleetKey.ofMode("payments");

    /** Returns the store, with nothing in it. */
    protected abstract FleetStore store();

    /** Lets days pass. */
    protected abstract void pass(int days) throws Exception;

    protected static Change change(FleetKey key, String target, String value, long base) {
        return new Change(key, target, value, base, "ada", "jmx", "a test", null);
    }

    protected static Write write(Change... changes) {
        return new Write("shop", "node-1", UUID.randomUUID().toString(), List.of(changes));
    }

    private long written(Change... changes) {
        Written written = store().write(write(changes));
        assertThat(written.conflicts()).isEmpty();
        return written.version();
    }

    private List<Row> rows() {
        return store().since("shop", 0).rows();
    }

    @Test
    void aStoreIsEmptyAtFirst() {
        assertThat(store().version("shop")).isZero();
        assertThat(store().since("shop", 0).rows()).isEmpty();
        assertThat(store().since("shop", 0).version()).isZero();
        assertThat(store().nodes("shop")).isEmpty();
        assertThat(store().history("shop", 10)).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        Change odd = new Change(
                FleetKey.of("Orders#plc(\"a\", 'b'); drop \u00e4\u20ac", Setting.MAX_ATTEMPTS),
                "node-2",
                "4",
                0,
                "cn=\u00e4da, ou=ops",
                "10.0.0.5",
                "it's \"late\"",
                null);
        assertThat(written(change(THRESHOLD, FLEET, "7", 0), odd)).isEqualTo(1);
        assertThat(rows()).hasSize(2).allSatisfy(row -> {
            assertThat(row.version()).isEqualTo(1);
            assertThat(row.node()).isEqualTo("node-1");
            assertThat(row.remainingMillis()).isNull();
            assertThat(row.changedAt()).isNotNull();
        });
        assertThat(rows()).anySatisfy(row -> {
            assertThat(row.key()).isEqualTo(odd.key());
            assertThat(row.target()).isEqualTo("node-2");
            assertThat(row.value()).isEqualTo("4");
            assertThat(row.author()).isEqualTo("cn=\u00e4da, ou=ops");
            assertThat(row.reason()).isEqualTo("it's \"late\"");
        });
    }

    @Test
    void onlyWhatIsNewIsReadAndEveryWriteHasItsVersion() {
        written(change(THRESHOLD, FLEET, "7", 0));
        written(change(OPEN_MILLIS, FLEET, "9", 0));
        written(change(THRESHOLD, FLEET, "8", 1));
        assertThat(store().version("shop")).isEqualTo(3);
        assertThat(store().since("shop", 2).rows()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo(THRESHOLD);
            assertThat(row.value()).isEqualTo("8");
        });
        assertThat(store().since("shop", 3).rows()).isEmpty();
        assertThat(rows()).hasSize(2);
    }

    @Test
    void applicationsShareNothing() {
        written(change(THRESHOLD, FLEET, "7", 0));
        store().write(new Write("bank", "node-1", "id", List.of(change(THRESHOLD, FLEET, "70", 0))));
        assertThat(store().version("bank")).isEqualTo(1);
        assertThat(rows()).extracting(Row::value).containsExactly("7");
        assertThat(store().since("bank", 0).rows()).extracting(Row::value).containsExactly("70");
        assertThat(store().history("bank", 9)).hasSize(1);
    }

    @Test
    void ofTwoThatChangeTheSameOneWinsAndTheOtherLearnsWhatItWas() {
        written(change(THRESHOLD, FLEET, "7", 0));
        Change late = change(THRESHOLD, FLEET, "9", 0);
        Written refused = store().write(write(change(OPEN_MILLIS, FLEET, "1", 0), late));
        assertThat(refused.version()).isZero();
        assertThat(refused.conflicts()).containsOnlyKeys(late);
        assertThat(refused.conflicts().get(late).value()).isEqualTo("7");
        assertThat(refused.conflicts().get(late).author()).isEqualTo("ada");
        assertThat(rows()).as("all or none").extracting(Row::value).containsExactly("7");
        assertThat(store().version("shop")).isEqualTo(1);
        assertThat(written(change(OPEN_MILLIS, FLEET, "1", 0))).isEqualTo(2);
    }

    @Test
    void aChangeConflictsWithTheRowsThatHoldForItsTargetAlone() {
        written(change(THRESHOLD, "node-1", "7", 0));
        written(change(THRESHOLD, "node-2", "8", 0));
        Change fleet = change(THRESHOLD, FLEET, "9", 1);
        assertThat(store().write(write(fleet)).conflicts().get(fleet).target()).isEqualTo("node-2");
        written(change(THRESHOLD, FLEET, "9", 2));
        Change own = change(THRESHOLD, "node-1", "10", 1);
        assertThat(store().write(write(own)).conflicts().get(own).target()).isEqualTo(FLEET);
        written(change(THRESHOLD, "node-1", "10", 3));
    }

    @Test
    void aWriteThatIsTriedAgainTakesEffectOnce() {
        Write write = write(change(THRESHOLD, FLEET, "7", 0));
        assertThat(store().write(write).version()).isEqualTo(1);
        written(change(THRESHOLD, FLEET, "8", 1));
        assertThat(store().write(write)).isEqualTo(new Written(1, Map.of()));
        assertThat(rows()).extracting(Row::value).containsExactly("8");
        assertThat(store().history("shop", 9)).hasSize(2);
        assertThat(store().version("shop")).isEqualTo(2);
    }

    @Test
    void aRevertedKeyKeepsItsRow() {
        written(change(THRESHOLD, FLEET, "7", 0));
        written(change(THRESHOLD, FLEET, null, 1));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.value()).isNull();
            assertThat(row.version()).isEqualTo(2);
        });
    }

    @Test
    void theEndOfAValueIsKeptByTheClockOfTheStore() {
        written(new Change(MODE, FLEET, "FORCED_OPEN", 0, "ada", "", "", 60_000L));
        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row.remainingMillis()).isBetween(30_000L, 60_000L));
        written(new Change(MODE, FLEET, "FORCED_OPEN", 1, "ada", "", "", -5L));
        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row.remainingMillis()).isNegative());
    }

    @Test
    void theLogSaysWhoChangedWhatWhenAndWhy() {
        written(change(THRESHOLD, FLEET, "7", 0), change(OPEN_MILLIS, FLEET, "1", 0));
        written(change(THRESHOLD, FLEET, "8", 1));
        List<LoggedChange> log = store().history("shop", 2);
        assertThat(log).extracting(LoggedChange::key).containsExactly(THRESHOLD, OPEN_MILLIS);
        LoggedChange last = log.get(0);
        assertThat(last.oldValue()).isEqualTo("7");
        assertThat(last.newValue()).isEqualTo("8");
        assertThat(last.author()).isEqualTo("ada");
        assertThat(last.source()).isEqualTo("jmx");
        assertThat(last.reason()).isEqualTo("a test");
        assertThat(last.node()).isEqualTo("node-1");
        assertThat(last.changedAt()).isNotNull();
        assertThat(store().clean("shop", 1)).as("nothing is a day old").isZero();
    }

    protected static NodeStatus node(String name, String incarnation, long version) {
        return new NodeStatus("shop", name, incarnation, version, 3, "0.1", "payments=OPEN", "", null, null, 0);
    }

    @Test
    void nodesRecordThatTheyLive() {
        assertThat(store().heartbeat(node("b", "1", 0))).isNull();
        assertThat(store().heartbeat(node("a", "2", 4))).isNull();
        assertThat(store().heartbeat(node("b", "1", 5))).isEqualTo("1");
        assertThat(store().heartbeat(node("b", "3", 6))).isEqualTo("1");
        assertThat(store().nodes("shop")).extracting(NodeStatus::node).containsExactly("a", "b");
        assertThat(store().nodes("shop").get(1)).satisfies(status -> {
            assertThat(status.incarnation()).isEqualTo("3");
            assertThat(status.version()).isEqualTo(6);
            assertThat(status.pending()).isEqualTo(3);
            assertThat(status.states()).isEqualTo("payments=OPEN");
            assertThat(status.refused()).isEmpty();
            assertThat(status.ageMillis()).isBetween(0L, 30_000L);
            assertThat(status.startedAt()).isNotNull();
        });
        store().leave("shop", "b", "1");
        assertThat(store().nodes("shop")).as("another incarnation lives").hasSize(2);
        store().leave("shop", "b", "3");
        assertThat(store().nodes("shop")).extracting(NodeStatus::node).containsExactly("a");
        assertThat(store().heartbeat(node("b", "3", 6))).as("it had left").isNull();
        assertThat(store().nodes("shop")).hasSize(2);
        store().leave("shop", "b", "3");
        assertThat(store().nodes("bank")).isEmpty();
    }

    @Test
    void aNodeThatIsGoneIsDeletedWithTheValuesForItAlone() throws Exception {
        for (String name : List.of("gone", "left", "back", "lives")) {
            store().heartbeat(node(name, "1", 0));
            written(change(THRESHOLD, name, "7", 0));
        }
        written(change(OPEN_MILLIS, FLEET, "9", 0));
        store().leave("shop", "left", "1");
        store().leave("shop", "back", "1");
        pass(29);
        store().heartbeat(node("lives", "1", 0));
        assertThat(store().clean("shop", 1)).as("changes in the log").isEqualTo(5);
        assertThat(rows()).as("a node may be down for weeks").hasSize(5);
        store().heartbeat(node("back", "2", 0));
        pass(2);
        store().clean("shop", 1);
        assertThat(rows()).extracting(Row::target).containsExactly("back", "lives", FLEET);
        assertThat(store().nodes("shop")).extracting(NodeStatus::node).containsExactly("back", "lives");
        assertThat(store().version("shop")).isEqualTo(5);
        pass(60);
        store().clean("shop", 90);
        assertThat(rows()).as("no earlier than changes in the log").hasSize(3);
    }

    @Test
    void aNodeWithoutARecordCountsAsGoneFromTheFirstCleaningOn() throws Exception {
        written(change(THRESHOLD, "unknown", "7", 0));
        pass(400);
        store().clean("shop", 1);
        assertThat(rows()).hasSize(1);
        assertThat(store().nodes("shop")).as("it is not shown").isEmpty();
        pass(29);
        store().clean("shop", 1);
        assertThat(rows()).hasSize(1);
        pass(2);
        store().clean("shop", 1);
        assertThat(rows()).isEmpty();
    }

    @Test
    void aWriteThatIsOlderThanADeletedValueDoesNotWin() throws Exception {
        store().heartbeat(node("b", "1", 0));
        written(change(OPEN_MILLIS, FLEET, "9", 0));
        written(change(THRESHOLD, "b", "7", 1));
        pass(31);
        store().clean("shop", 1);
        Change older = change(THRESHOLD, "b", "5", 1);
        assertThat(store().write(write(older)).conflicts().get(older)).satisfies(winner -> {
            assertThat(winner.value()).as("reverted").isNull();
            assertThat(winner.version()).isEqualTo(2);
            assertThat(winner.author()).contains("cleaning");
        });
        assertThat(rows()).hasSize(1);
        assertThat(written(change(THRESHOLD, FLEET, "6", 1)))
                .as("for all others")
                .isEqualTo(3);
        assertThat(written(change(OPEN_MILLIS, "b", "5", 2)))
                .as("it knew the value")
                .isEqualTo(4);
        assertThat(written(change(MODE, "b", null, 0))).as("it begins anew").isEqualTo(5);
    }

    @Test
    void writersOfOneApplicationComeOneAfterTheOther() throws Exception {
        long threads = 4;
        int each = 15;
        ExecutorService pool = Executors.newFixedThreadPool((int) threads);
        try {
            List<Callable<List<Long>>> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                writers.add(() -> {
                    List<Long> versions = new ArrayList<>();
                    while (versions.size() < each) {
                        long base =
                                rows().stream().mapToLong(Row::version).max().orElse(0);
                        Written written = store().write(write(change(THRESHOLD, FLEET, "" + base, base)));
                        if (written.conflicts().isEmpty()) {
                            versions.add(written.version());
                        }
                    }
                    return versions;
                });
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> done : pool.invokeAll(writers)) {
                all.addAll(done.get());
            }
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, threads * each).boxed().toList());
            assertThat(store().history("shop", 1_000))
                    .hasSize((int) threads * each)
                    .allSatisfy(change -> assertThat(change.newValue())
                            .as("each was based on the one before")
                            .isEqualTo("" + (change.version() - 1)));
        } finally {
            pool.shutdownNow();
        }
    }
}
