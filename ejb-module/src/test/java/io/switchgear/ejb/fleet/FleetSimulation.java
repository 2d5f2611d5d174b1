// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;

import io.switchgear.ejb.fleet.FleetStore.Change;
import io.switchgear.ejb.fleet.FleetStore.Write;
import io.switchgear.ejb.fleet.TestFleet.Node;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;

/**
 * A fleet in virtual time: each node polls every 5 s, and with messages also 1 to 20 ms after a write. A query takes no
 * time. Run {@link #main} for the table.
 */
final class FleetSimulation {
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    private record Event(long at, long number, Runnable action) {}

    /**
     * What was measured.
     *
     * @param idleQueries queries per second while nothing changes
     * @param busyQueries queries per second with a change every 10 s
     * @param peakQueries the most queries within one second of that time
     * @param messages messages per second with a change every 10 s
     * @param medianMillis time until a change is in force on another node, the median
     * @param worstMillis the same, the maximum
     * @param partitionMillis time until all agree after half of the nodes were cut off for a minute
     * @param outageQueries attempts per second while the database is away
     * @param outageMillis time until all agree after the database was away for a minute
     * @param clockMillis how far the ends of one mode on all nodes are apart, one clock being a day wrong
     * @param nonsenseChanges nodes whose settings changed by a minute of nonsense in the database
     * @param nonsenseSentences sentences about it on the node with most of them
     * @param silentLosses changes that are neither in the log nor reported
     */
    record Figures(
            double idleQueries,
            double busyQueries,
            long peakQueries,
            double messages,
            long medianMillis,
            long worstMillis,
            long partitionMillis,
            double outageQueries,
            long outageMillis,
            long clockMillis,
            long nonsenseChanges,
            int nonsenseSentences,
            long silentLosses) {}

    private final Random random = new Random(1);
    private final TestFleet fleet = new TestFleet();
    private final List<Node> nodes = new ArrayList<>();
    private final List<UnreliableStore> ways = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final boolean messages;
    private final Map<Long, Long> perSecond = new HashMap<>();
    private final List<Integer> made = new ArrayList<>();
    private long number;
    private long sent;
    private long queries;
    private int value = 100;
    private long changedAt;
    private final Map<Node, Long> reached = new HashMap<>();

    FleetSimulation(int size, boolean messages) {
        this.messages = messages;
        for (int i = 0; i < size; i++) {
            UnreliableStore way = new UnreliableStore(fleet.store, this::count, () -> false);
            ways.add(way);
            Node node = fleet.new Node("node-" + i, true, way, i == 0 ? Duration.ofDays(1) : Duration.ZERO);
            node.breaker("payments");
            node.onStepSoon = () -> schedule(MILLI, () -> step(node));
            node.onWritten = () -> wakeOthers(node);
            nodes.add(node);
            poll(node, (long) (random.nextDouble() * POLL.toNanos()));
        }
    }

    private void count() {
        queries++;
        perSecond.merge(fleet.nanos / SECOND, 1L, Long::sum);
    }

    private void schedule(long after, Runnable action) {
        events.add(new Event(fleet.nanos + after, number++, action));
    }

    private void poll(Node node, long after) {
        schedule(after, () -> {
            step(node);
            poll(node, POLL.toNanos());
        });
    }

    private void wakeOthers(Node writer) {
        if (messages) {
            for (Node node : nodes) {
                if (node != writer) {
                    sent++;
                    schedule((1 + random.nextInt(20)) * MILLI, () -> step(node));
                }
            }
        }
    }

    private void step(Node node) {
        node.fleet.step();
        if (has(node)) {
            reached.putIfAbsent(node, fleet.nanos - changedAt);
        }
    }

    private boolean has(Node node) {
        return node.get(FAILURE_THRESHOLD).equals(value);
    }

    private void run(Duration time) {
        long end = fleet.nanos + time.toNanos();
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            fleet.nanos = event.at();
            event.action().run();
        }
        fleet.nanos = end;
    }

    private void change() {
        value++;
        made.add(value);
        reached.clear();
        changedAt = fleet.nanos;
        nodes.get(random.nextInt(nodes.size())).set("op", FAILURE_THRESHOLD, value);
    }

    private long millisUntilAllAgree() {
        long start = fleet.nanos;
        while (nodes.stream()
                .anyMatch(node -> node.fleet.state().pending() > 0
                        || !node.get(FAILURE_THRESHOLD).equals(nodes.get(0).get(FAILURE_THRESHOLD))
                        || node.fleet.state().version() < fleet.store.version("shop"))) {
            run(Duration.ofMillis(100));
            if (fleet.nanos - start > 600 * SECOND) {
                throw new AssertionError("the nodes do not agree");
            }
        }
        return (fleet.nanos - start) / MILLI;
    }

    Figures run() {
        run(MINUTE);
        queries = 0;
        run(MINUTE);
        double idle = queries / 60.0;

        queries = 0;
        sent = 0;
        perSecond.clear();
        List<Long> spread = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            change();
            run(Duration.ofSeconds(10));
            reached.values().stream().sorted().skip(1).forEach(spread::add);
        }
        spread.sort(null);
        double busy = queries / 120.0;
        long peak = perSecond.values().stream().mapToLong(each -> each).max().orElse(0);
        double messagesPerSecond = sent / 120.0;

        ways.subList(0, ways.size() / 2).forEach(way -> way.cut = true);
        changesForAMinute();
        ways.forEach(way -> way.cut = false);
        long partition = millisUntilAllAgree();

        ways.forEach(way -> way.cut = true);
        queries = 0;
        changesForAMinute();
        double outageQueries = queries / 60.0;
        ways.forEach(way -> way.cut = false);
        long outage = millisUntilAllAgree();

        long clock = clockMillis();
        long changed = nonsense();
        int sentences = nodes.stream()
                .mapToInt(node -> node.events("ignored").size())
                .max()
                .orElse(0);
        return new Figures(
                idle,
                busy,
                peak,
                messagesPerSecond,
                spread.get(spread.size() / 2) / MILLI,
                spread.get(spread.size() - 1) / MILLI,
                partition,
                outageQueries,
                outage,
                clock,
                changed,
                sentences,
                silentLosses());
    }

    private void changesForAMinute() {
        for (int i = 0; i < 6; i++) {
            change();
            run(Duration.ofSeconds(10));
        }
    }

    /** Forces a mode for a minute from the node with the wrong clock, and observes when it ends on each node. */
    private long clockMillis() {
        nodes.get(0).fleet.operations().mode(List.of(), name -> true, BreakerMode.FORCED_OPEN, MINUTE, "op", "repairs");
        run(Duration.ofSeconds(30));
        if (nodes.stream().anyMatch(node -> mode(node) != BreakerMode.FORCED_OPEN)) {
            throw new AssertionError("the mode is not in force everywhere");
        }
        run(Duration.ofSeconds(29));
        long first = 0;
        long last = 0;
        while (last == 0) {
            long ended = nodes.stream()
                    .filter(node -> mode(node) == BreakerMode.AUTOMATIC)
                    .count();
            if (ended > 0 && first == 0) {
                first = fleet.nanos;
            }
            if (ended == nodes.size()) {
                last = fleet.nanos;
            }
            run(Duration.ofMillis(1));
        }
        return (last - first) / MILLI;
    }

    private static BreakerMode mode(Node node) {
        return node.breaker("payments").snapshot().mode();
    }

    /** Writes values without meaning for a minute, and returns the number of nodes on which settings changed. */
    private long nonsense() {
        nodes.get(0)
                .fleet
                .operations()
                .change(List.of(), TunableKind.BREAKER, name -> true, Map.of(FAILURE_THRESHOLD, value), "op", "");
        millisUntilAllAgree();
        for (int i = 0; i < 60; i++) {
            fleet.store.write(new Write(
                    "shop",
                    "node-1",
                    UUID.randomUUID().toString(),
                    List.of(
                            nonsense(FleetKey.of("payments", FAILURE_THRESHOLD), "-5"),
                            nonsense(FleetKey.ofMode("payments"), "BROKEN"),
                            nonsense(new FleetKey("x", "y", "z"), "1"))));
            run(Duration.ofSeconds(1));
        }
        return nodes.stream().filter(node -> !has(node)).count();
    }

    private static Change nonsense(FleetKey key, String text) {
        return new Change(key, FleetStore.FLEET, text, Long.MAX_VALUE, "", "", "", null);
    }

    private long silentLosses() {
        String log = fleet.store.history("shop", Integer.MAX_VALUE).toString();
        return made.stream()
                .filter(each -> !log.contains("newValue=" + each + ",")
                        && nodes.stream()
                                .noneMatch(node -> node.events("lost").stream()
                                        .anyMatch(sentence -> sentence.contains(" to " + each + " was not kept"))))
                .count();
    }

    /** Prints the table for 10, 100 and 1,000 nodes, or those given. */
    public static void main(String... sizes) {
        print(sizes.length == 0 ? List.of("10", "100", "1000") : List.of(sizes));
    }

    static Map<String, Figures> print(List<String> sizes) {
        System.out.println("nodes messages | queries/s idle busy peak | messages/s | spread ms median worst"
                + " | partition ms | away: tries/s, ms | clock ms | nonsense: changed, sentences | lost silently");
        Map<String, Figures> all = new HashMap<>();
        for (String size : sizes) {
            for (boolean messages : List.of(false, true)) {
                Figures figures = new FleetSimulation(Integer.parseInt(size), messages).run();
                all.put(size + (messages ? " with messages" : ""), figures);
                System.out.printf(
                        Locale.ROOT,
                        "%5s %8s | %14.1f %4.1f %4d | %10.1f | %16d %5d | %12d | %12.1f %5d | %8d | %17d %10d | %d%n",
                        size,
                        messages ? "yes" : "no",
                        figures.idleQueries(),
                        figures.busyQueries(),
                        figures.peakQueries(),
                        figures.messages(),
                        figures.medianMillis(),
                        figures.worstMillis(),
                        figures.partitionMillis(),
                        figures.outageQueries(),
                        figures.outageMillis(),
                        figures.clockMillis(),
                        figures.nonsenseChanges(),
                        figures.nonsenseSentences(),
                        figures.silentLosses());
            }
        }
        return all;
    }
}
