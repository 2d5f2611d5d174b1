// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Nodes on one store in memory, in virtual time. */
final class TestFleet {
    /** Virtual time since the start of the fleet. */
    long nanos;

    final MemoryFleetStore store = new MemoryFleetStore(() -> 1_800_000_000_000L + nanos / 1_000_000);

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** A node with its breakers, and what it reports. */
    final class Node implements FleetLog, FleetSignals {
        final String name;
        /** What the wall clock of this node is wrong by. */
        final Duration skew;

        final Map<String, Breaker> breakers = new TreeMap<>();
        final Map<String, List<String>> events = new HashMap<>();
        final FleetNode fleet;
        int wakes;
        long announced;
        String states = "";
        Runnable onStepSoon = () -> {};
        Runnable onWritten = () -> {};
        Runnable onRefused = () -> {};

        Node(String name, boolean fleetScope, FleetStore store, Duration skew) {
            this.name = name;
            this.skew = skew;
            FleetIdentity identity = new FleetIdentity("shop", name, fleetScope, Duration.ofSeconds(30), "0.1");
            fleet = new FleetNode(identity, store, this, this, () -> states, () -> nanos, this::now);
        }

        Instant now() {
            return Instant.parse("2026-01-02T03:04:05Z").plusNanos(nanos).plus(skew);
        }

        Breaker breaker(String breakerName) {
            return breakers.computeIfAbsent(breakerName, each -> {
                Breaker breaker = new Breaker(
                        each, BreakerSettings.defaults(), FailureRule.ANY, () -> nanos, this::now, fleet::changed);
                fleet.added(breaker);
                return breaker;
            });
        }

        void set(String author, Setting setting, Object value) {
            breaker("payments").by(author).update(now -> now.with(Map.of(setting, value)));
        }

        Object get(Setting setting) {
            return breaker("payments").settings().get(setting);
        }

        List<String> events(String kind) {
            return events.getOrDefault(kind, List.of());
        }

        private synchronized void add(String kind, String sentence) {
            events.computeIfAbsent(kind, none -> new ArrayList<>()).add(sentence);
        }

        @Override
        public void storeAway(String sentence) {
            add("away", sentence);
        }

        @Override
        public void storeBack(String sentence) {
            add("back", sentence);
        }

        @Override
        public void changeLost(String sentence) {
            add("lost", sentence);
        }

        @Override
        public void queueFull(String sentence) {
            add("full", sentence);
        }

        @Override
        public void refused(String sentence) {
            add("refused", sentence);
            onRefused.run();
        }

        @Override
        public void rowIgnored(String sentence) {
            add("ignored", sentence);
        }

        @Override
        public void namesake(String sentence) {
            add("namesake", sentence);
        }

        @Override
        public void storeReplaced(String sentence) {
            add("replaced", sentence);
        }

        @Override
        public void stepSoon() {
            wakes++;
            onStepSoon.run();
        }

        @Override
        public void written(long version) {
            announced = version;
            onWritten.run();
        }
    }

    /** Creates a node whose changes are for the fleet. */
    Node node(String name) {
        Node node = new Node(name, true, store, Duration.ZERO);
        node.breaker("payments");
        return node;
    }

    /** Creates a node whose changes are for itself. */
    Node loner(String name) {
        Node node = new Node(name, false, store, Duration.ZERO);
        node.breaker("payments");
        return node;
    }
}
