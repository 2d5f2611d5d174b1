// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;
import static io.switchgear.settings.Setting.OPEN_MILLIS;
import static io.switchgear.settings.Setting.SUCCESS_THRESHOLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.ejb.fleet.FleetStore.LoggedChange;
import io.switchgear.ejb.fleet.FleetStore.Row;
import io.switchgear.ejb.fleet.TestFleet.Node;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** A fleet to which random things happen, and what has to hold when it is left alone afterwards. */
final class RandomFleet {
    private static final List<String> NAMES = List.of("payments", "orders");
    private static final List<Setting> SETTINGS = List.of(FAILURE_THRESHOLD, OPEN_MILLIS, SUCCESS_THRESHOLD);
    private static final Pattern LOST = Pattern.compile("\\(\\w+\\) to (\\d+) was not kept");

    private final Random random;
    private final TestFleet fleet = new TestFleet();
    private final List<Node> nodes = new ArrayList<>();
    private final List<UnreliableStore> ways = new ArrayList<>();
    private final Map<String, Boolean> scopes = new HashMap<>();
    /** The node on which each value was set; every value is set once. */
    private final Map<Integer, Node> made = new HashMap<>();

    private final Set<Node> killed = new HashSet<>();
    private final List<String> reported = new ArrayList<>();
    private int nextValue = 100;
    /** The nodes in the middle of a step; each takes one step at a time. */
    private final Set<String> busy = new HashSet<>();

    private boolean calm;

    RandomFleet(long seed) {
        random = new Random(seed);
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            scopes.put("node-" + i, i == 0 || random.nextInt(4) > 0);
            nodes.add(null);
            ways.add(null);
            start(i);
        }
    }

    private void start(int index) {
        String name = "node-" + index;
        UnreliableStore way =
                new UnreliableStore(fleet.store, () -> between(name), () -> !calm && random.nextInt(20) == 0);
        Node node = fleet.new Node(name, scopes.get(name), way, Duration.ofSeconds(random.nextInt(200_000) - 100_000));
        ways.set(index, way);
        nodes.set(index, node);
        NAMES.forEach(node::breaker);
    }

    /** Others act in the middle of a step. */
    private void between(String node) {
        if (!calm && busy.size() < 3 && random.nextInt(4) == 0 && busy.add(node)) {
            act();
            busy.remove(node);
        }
    }

    private Node any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private Setting setting() {
        return SETTINGS.get(random.nextInt(SETTINGS.size()));
    }

    private int value(Node node) {
        made.put(nextValue, node);
        return nextValue++;
    }

    void act() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                Node node = any();
                Map<Setting, Object> changes = new HashMap<>();
                changes.put(setting(), value(node));
                changes.computeIfAbsent(setting(), second -> value(node));
                node.breaker(name()).by("op").update(now -> now.with(changes));
            }
            case 3 -> mode(any());
            case 4 -> {
                Node node = any();
                if (!busy.contains(node.name)) {
                    operate(node);
                }
            }
            case 5 -> fleet.pass(Duration.ofMillis(random.nextInt(20_000)));
            case 6 -> {
                UnreliableStore way = ways.get(random.nextInt(ways.size()));
                way.cut = !way.cut;
            }
            case 7 -> {
                if (random.nextInt(4) == 0 && busy.isEmpty()) {
                    int index = random.nextInt(nodes.size());
                    killed.add(nodes.get(index));
                    reported.addAll(nodes.get(index).events("lost"));
                    start(index);
                }
            }
            default -> {
                Node node = any();
                if (!busy.contains(node.name)) {
                    node.fleet.step();
                }
            }
        }
    }

    private void mode(Node node) {
        if (random.nextInt(3) == 0) {
            node.breaker(name()).by("op").automatic();
        } else {
            node.breaker(name())
                    .by("op")
                    .setMode(
                            random.nextBoolean() ? BreakerMode.FORCED_CLOSED : BreakerMode.OBSERVING,
                            random.nextBoolean() ? null : Duration.ofSeconds(1 + random.nextInt(60)),
                            "reason " + nextValue++);
        }
    }

    private void operate(Node node) {
        try {
            // values of operations are not followed: their caller knows what became of them
            node.fleet
                    .operations()
                    .change(List.of(), TunableKind.BREAKER, name()::equals, Map.of(setting(), nextValue++), "op", "");
        } catch (IllegalStateException | UncheckedIOException refused) {
            assertThat(refused).hasMessageMatching("(?s).*(was not kept|cut off|answer is lost).*");
        }
    }

    /** Ends all faults, and lets each node take some steps. */
    void calm() {
        calm = true;
        ways.forEach(way -> way.cut = false);
        for (int round = 0; round < 4; round++) {
            fleet.pass(Duration.ofSeconds(31));
            nodes.forEach(node -> node.fleet.step());
        }
    }

    // ---- what has to hold

    void check() {
        List<LoggedChange> log = new ArrayList<>(fleet.store.history("shop", Integer.MAX_VALUE));
        Collections.reverse(log);
        assertThat(log.stream().mapToLong(LoggedChange::version).distinct().boxed())
                .as("one version after the other")
                .containsExactlyElementsOf(LongStream.rangeClosed(1, fleet.store.version("shop"))
                        .boxed()
                        .toList());
        everyChangeIsStoredOnceOrReportedOnce(log);
        changesOfANodeAreInOrder(log);
        nodes.forEach(this::runsWhatIsStored);
    }

    private void everyChangeIsStoredOnceOrReportedOnce(List<LoggedChange> log) {
        nodes.forEach(node -> reported.addAll(node.events("lost")));
        Map<Integer, Integer> fates = new HashMap<>();
        for (String sentence : reported) {
            Matcher value = LOST.matcher(sentence);
            if (value.find()) {
                fates.merge(Integer.valueOf(value.group(1)), 1, Integer::sum);
            }
        }
        log.stream()
                .filter(change -> change.newValue() != null && change.newValue().matches("\\d+"))
                .forEach(change -> fates.merge(Integer.valueOf(change.newValue()), 1, Integer::sum));
        made.forEach((value, node) -> {
            int fate = fates.getOrDefault(value, 0);
            assertThat(fate).as("fates of %s", value).isLessThanOrEqualTo(1);
            assertThat(fate == 1 || killed.contains(node))
                    .as("%s is stored or reported, unless its node was killed", value)
                    .isTrue();
        });
    }

    private void changesOfANodeAreInOrder(List<LoggedChange> log) {
        Map<List<Object>, Integer> last = new HashMap<>();
        for (LoggedChange change : log) {
            if (change.newValue() != null
                    && change.newValue().matches("\\d+")
                    && change.source().equals("local change")) {
                Integer value = Integer.valueOf(change.newValue());
                Integer before = last.put(List.of(change.key(), change.node()), value);
                assertThat(before == null || before < value)
                        .as("%s after %s", value, before)
                        .isTrue();
            }
        }
    }

    private void runsWhatIsStored(Node node) {
        assertThat(node.fleet.state().pending()).isZero();
        assertThat(node.fleet.state().version()).isEqualTo(fleet.store.version("shop"));
        List<Row> rows = fleet.store.since("shop", 0).rows();
        for (String name : NAMES) {
            for (Setting setting : SETTINGS) {
                Row row = holds(rows, FleetKey.of(name, setting), node);
                Object expected = row == null || row.value() == null
                        ? node.breaker(name).configuredSettings().get(setting)
                        : setting.parse(row.value());
                assertThat(node.breaker(name).settings().get(setting))
                        .as("%s of %s on %s", setting, name, node.name)
                        .isEqualTo(expected);
            }
            Row row = holds(rows, FleetKey.ofMode(name), node);
            boolean over =
                    row == null || row.value() == null || (row.remainingMillis() != null && row.remainingMillis() <= 0);
            BreakerSnapshot snapshot = node.breaker(name).snapshot();
            assertThat(snapshot.mode())
                    .as("mode of %s on %s", name, node.name)
                    .isEqualTo(over ? BreakerMode.AUTOMATIC : BreakerMode.valueOf(row.value()));
            assertThat(snapshot.modeReason()).isEqualTo(over ? "" : row.reason());
        }
    }

    private static Row holds(List<Row> rows, FleetKey key, Node node) {
        return rows.stream()
                .filter(row -> row.key().equals(key))
                .filter(row ->
                        row.target().equals(FleetStore.FLEET) || row.target().equals(node.name))
                .max(Comparator.comparingLong(Row::version))
                .orElse(null);
    }
}
