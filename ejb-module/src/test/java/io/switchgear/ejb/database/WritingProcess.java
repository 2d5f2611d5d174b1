// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.ejb.fleet.FleetIdentity;
import io.switchgear.ejb.fleet.FleetLog;
import io.switchgear.ejb.fleet.FleetNode;
import io.switchgear.ejb.fleet.FleetSignals;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A process that changes two settings at once, again and again, and prints each value that is acknowledged. */
final class WritingProcess {
    static final String APPLICATION = "shop";

    private WritingProcess() {}

    /** Starts a process that begins with a value. */
    static Process start(String url, int first) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritingProcess.class.getName(),
                        url,
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String... arguments) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setURL(arguments[0]);
        source.setUser("admin");
        Events events = new Events();
        FleetNode node = new FleetNode(
                new FleetIdentity(APPLICATION, "node-1", true, Duration.ofSeconds(30), "0.1"),
                new JdbcFleetStore(JdbcConnectionPool.create(source), "java:test"),
                events,
                events,
                () -> "");
        Breaker breaker = new Breaker("payments", BreakerSettings.defaults(), FailureRule.ANY, node::changed);
        node.added(breaker);
        node.step();
        for (int value = Integer.parseInt(arguments[1]); ; value++) {
            Map<Setting, Integer> both = Map.of(Setting.FAILURE_THRESHOLD, value, Setting.OPEN_MILLIS, value);
            breaker.by("ada").update(now -> now.with(both));
            node.step();
            if (node.state().pending() == 0) {
                System.out.println(value);
            }
        }
    }

    /** Collects what a node reports. */
    static final class Events implements FleetLog, FleetSignals {
        final List<String> lost = new CopyOnWriteArrayList<>();
        final List<String> away = new CopyOnWriteArrayList<>();
        final List<String> back = new CopyOnWriteArrayList<>();

        @Override
        public void storeAway(String sentence) {
            away.add(sentence);
        }

        @Override
        public void storeBack(String sentence) {
            back.add(sentence);
        }

        @Override
        public void changeLost(String sentence) {
            lost.add(sentence);
        }

        @Override
        public void queueFull(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void refused(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void rowIgnored(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void namesake(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void storeReplaced(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void stepSoon() {
            // the test takes the steps
        }

        @Override
        public void written(long version) {
            // no other node waits for it
        }
    }
}
