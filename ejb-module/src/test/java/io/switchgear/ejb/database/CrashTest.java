// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.ejb.fleet.FleetIdentity;
import io.switchgear.ejb.fleet.FleetNode;
import io.switchgear.ejb.fleet.FleetStore;
import io.switchgear.ejb.fleet.FleetStore.LoggedChange;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real server stops while changes are made, and processes are killed while they write. */
class CrashTest {
    /** The profile fleet-proof sets more. */
    private static final int KILLS = Integer.getInteger("switchgear.test.kills", 3);

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aThousandChangesWhileTheServerIsStoppedAreAllThereInOrder() throws Exception {
        server.create("stopped");
        JdbcConnectionPool pool = server.pool("stopped");
        FleetStore store = new JdbcFleetStore(pool, "java:test");
        WritingProcess.Events events = new WritingProcess.Events();
        FleetNode node = new FleetNode(
                new FleetIdentity("shop", "node-1", true, Duration.ofSeconds(30), "0.1"),
                store,
                events,
                events,
                () -> "");
        Breaker breaker = new Breaker("payments", BreakerSettings.defaults(), FailureRule.ANY, node::changed);
        node.added(breaker);
        node.step();
        for (int i = 1; i <= 1_000; i++) {
            if (i == 100) {
                server.stop();
            }
            int value = 1_000 + i;
            breaker.by("ada").update(now -> now.with(Map.of(Setting.FAILURE_THRESHOLD, value)));
            node.step();
        }
        assertThat(events.away).hasSize(1);
        assertThat(node.state().pending()).isEqualTo(901);
        server.startAgain();
        long start = System.nanoTime();
        while (node.state().pending() > 0 && System.nanoTime() - start < 60_000_000_000L) {
            LockSupport.parkNanos(10_000_000);
            node.step();
        }
        List<LoggedChange> log = new ArrayList<>(store.history("shop", 2_000));
        Collections.reverse(log);
        assertThat(log)
                .extracting(LoggedChange::newValue)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000)
                        .mapToObj(i -> "" + (1_000 + i))
                        .toList());
        assertThat(events.lost).isEmpty();
        assertThat(events.back).hasSize(1);
        pool.dispose();
    }

    @Test
    void ofProcessesThatAreKilledWhileTheyWriteNothingIsLostAndNothingIsTorn() throws Exception {
        server.create("killed");
        FleetStore store = new JdbcFleetStore(server.source("killed", "admin"), "java:test");
        List<Integer> acknowledged = new ArrayList<>();
        Random random = new Random(1);
        int next = 100_000;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = WritingProcess.start(server.url("killed"), next);
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                acknowledged.add(Integer.valueOf(output.readLine()));
                LockSupport.parkNanos(random.nextInt(300_000_000));
                // not Process.destroyForcibly, which closes the output
                process.toHandle().destroyForcibly();
                output.lines()
                        .filter(line -> line.length() == 6)
                        .map(Integer::valueOf)
                        .forEach(acknowledged::add);
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            next = last(store) + 10;
        }
        Map<Long, List<String>> byVersion = new TreeMap<>();
        for (LoggedChange change : store.history(WritingProcess.APPLICATION, 1_000_000)) {
            byVersion
                    .computeIfAbsent(change.version(), none -> new ArrayList<>())
                    .add(change.newValue());
        }
        assertThat(byVersion.values())
                .as("nothing is torn")
                .allSatisfy(values -> assertThat(values).hasSize(2).containsOnly(values.get(0)));
        assertThat(byVersion.keySet()).as("nothing is left out").hasSize((int) store.version("shop"));
        List<Integer> written = byVersion.values().stream()
                .map(values -> Integer.valueOf(values.get(0)))
                .toList();
        assertThat(written).as("in order, and nothing twice").isSorted().doesNotHaveDuplicates();
        assertThat(written).as("nothing is lost").containsAll(acknowledged);
        assertThat(store.since("shop", 0).rows())
                .extracting(FleetStore.Row::value)
                .containsOnly(String.valueOf(written.get(written.size() - 1)));
        System.out.println(
                KILLS + " kills, " + acknowledged.size() + " changes acknowledged, " + written.size() + " written");
    }

    private static int last(FleetStore store) {
        return Integer.parseInt(
                store.history(WritingProcess.APPLICATION, 1).get(0).newValue());
    }
}
