// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.ejb.fleet.FleetStore.Row;
import io.switchgear.ejb.fleet.FleetStore.Rows;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * What the store has acknowledged, as this node has read it: the rows of all targets. Of the fleet's row and a node's
 * row of a key, the one with the higher version holds for the node. Safe for use by multiple threads.
 */
final class Replica {
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final long NANOS_PER_MILLI = 1_000_000;
    // far more than a mode may last, and no overflow in nanoseconds
    private static final long MAX_MILLIS = 400L * 24 * 3_600_000;

    /**
     * A row, and when its value ends by the ticker of this node.
     *
     * @param endsAt in nanoseconds; {@code null} if it has no end
     * @param known whether it has a meaning here
     */
    record Held(Row row, Long endsAt, LongSupplier nanos, boolean known) {
        /** Returns the value; {@code null} if it has ended, or was reverted. */
        String value() {
            return endsAt != null && endsAt - nanos.getAsLong() <= 0 ? null : row.value();
        }
    }

    private final String node;
    private final LongSupplier nanos;
    private final Consumer<String> ignored;
    private final Map<FleetKey, Map<String, Held>> held = new HashMap<>();
    // used by one thread at a time, that of a step
    private final Set<String> reported = new HashSet<>();
    private long version;
    private boolean loaded;

    /**
     * @param node the name of this node
     * @param nanos the ticker
     * @param ignored receives a sentence for each row that has no meaning here, once
     */
    Replica(String node, LongSupplier nanos, Consumer<String> ignored) {
        this.node = node;
        this.nanos = nanos;
        this.ignored = ignored;
    }

    /**
     * Accepts rows.
     *
     * @param whole whether these are all rows, and replace those before
     * @return the keys whose value for this node may have changed, but for those that this node has written
     */
    Set<FleetKey> accept(Rows rows, boolean whole) {
        List<String> problems = new ArrayList<>(rows.damaged());
        Set<FleetKey> keys = accept(rows, whole, problems);
        // outside the lock
        problems.stream().filter(reported::add).forEach(ignored);
        return keys;
    }

    private synchronized Set<FleetKey> accept(Rows rows, boolean whole, List<String> problems) {
        Set<FleetKey> keys = new LinkedHashSet<>();
        if (whole) {
            held.keySet().stream().filter(key -> !key.isReset()).forEach(keys::add);
            held.clear();
        }
        boolean replaces = whole && (!loaded || rows.version() < version);
        for (Row row : rows.rows()) {
            Optional<String> problem = problem(row);
            problem.ifPresent(problems::add);
            Held before = held.getOrDefault(row.key(), Map.of()).get(row.target());
            put(row, problem.isEmpty());
            // what this node has written was in force before
            boolean isNew = before == null || before.row().version() != row.version();
            // a reset is for those who run when it is requested
            boolean late = row.key().isReset() && (replaces || row.version() <= version);
            if (isNew && problem.isEmpty() && holds(row) && !late) {
                keys.add(row.key());
            }
        }
        version = rows.version();
        loaded = true;
        return keys;
    }

    private boolean holds(Row row) {
        return row.target().equals(FleetStore.FLEET) || row.target().equals(node);
    }

    /** Adds a row that this node has written, before it is read. */
    synchronized void put(Row row) {
        put(row, true);
    }

    private void put(Row row, boolean known) {
        Long remaining = row.remainingMillis();
        Long endsAt = remaining == null
                ? null
                : nanos.getAsLong() + Math.max(-1, Math.min(remaining, MAX_MILLIS)) * NANOS_PER_MILLI;
        held.computeIfAbsent(row.key(), key -> new HashMap<>()).put(row.target(), new Held(row, endsAt, nanos, known));
    }

    /** Returns why a row has no meaning here; empty if it has. */
    private static Optional<String> problem(Row row) {
        FleetKey key = row.key();
        String where = key + (row.target().equals(FleetStore.FLEET) ? "" : " on " + row.target()) + ", changed by "
                + author(row) + ", is ignored and kept: ";
        if (key.isMode()) {
            return row.value() == null || isMode(row.value())
                    ? Optional.empty()
                    : Optional.of(where + "there is no mode \"" + row.value() + "\"");
        }
        if (key.isReset()) {
            return Optional.empty();
        }
        if (key.knownSetting().isEmpty()) {
            return Optional.of(where + "this release has no setting " + key.setting() + " of a " + key.kind());
        }
        try {
            if (row.value() != null) {
                key.knownSetting().get().parse(row.value());
            }
            return Optional.empty();
        } catch (InvalidSettingsException invalid) {
            return Optional.of(where + invalid.messageNaming(Setting::attributeName));
        }
    }

    private static boolean isMode(String value) {
        return Arrays.stream(BreakerMode.values()).anyMatch(mode -> mode.name().equals(value));
    }

    /** Returns the author of a row as shown on other nodes, at most 200 characters: {@code bob on node-2}. */
    static String author(Row row) {
        String on = " on " + row.node();
        String author = row.author().isBlank() ? "unknown" : row.author();
        int max = Math.max(0, FleetStore.MAX_LENGTH - on.length());
        String text = (author.length() <= max ? author : author.substring(0, max)) + on;
        return INVISIBLE
                .matcher(text.substring(0, Math.min(text.length(), FleetStore.MAX_LENGTH)))
                .replaceAll("?");
    }

    /** Returns what holds for this node; {@code null} if nothing is stored that has a meaning here. */
    synchronized Held effective(FleetKey key) {
        return effective(key, node);
    }

    /** Returns what holds for a node, or for all nodes without rows of their own. */
    synchronized Held effective(FleetKey key, String target) {
        return held.getOrDefault(key, Map.of()).values().stream()
                .filter(each -> each.row().target().equals(FleetStore.FLEET)
                        || each.row().target().equals(target))
                .filter(Held::known)
                .max(Comparator.comparingLong(each -> each.row().version()))
                .orElse(null);
    }

    /** Returns whether a value of this key holds for any node. */
    synchronized boolean hasValue(FleetKey key) {
        Map<String, Held> rows = held.getOrDefault(key, Map.of());
        Held fleet = rows.get(FleetStore.FLEET);
        long version = fleet == null ? 0 : fleet.row().version();
        return rows.values().stream()
                .anyMatch(each -> each.value() != null && each.row().version() >= version);
    }

    /** Returns whether a breaker has a stored mode that a reset ends. */
    synchronized boolean hasForcedMode(String name) {
        return held.getOrDefault(FleetKey.ofMode(name), Map.of()).values().stream()
                .anyMatch(each -> each.value() != null && !each.value().equals(BreakerMode.OBSERVING.name()));
    }

    /**
     * Returns the version up to which all rows of a key that hold for a target are known here; 0 if nothing was read.
     */
    synchronized long base(FleetKey key, String target) {
        long own = held.getOrDefault(key, Map.of()).values().stream()
                .map(Held::row)
                .filter(row -> target.equals(FleetStore.FLEET)
                        || row.target().equals(FleetStore.FLEET)
                        || row.target().equals(target))
                .mapToLong(Row::version)
                .max()
                .orElse(0);
        return Math.max(own, version);
    }

    /** Returns all keys. */
    synchronized Collection<FleetKey> keys() {
        return Set.copyOf(held.keySet());
    }

    /** Returns the settings that hold for this node, by name. */
    synchronized Map<String, Map<Setting, String>> settings() {
        Map<String, Map<Setting, String>> byName = new TreeMap<>();
        for (FleetKey key : held.keySet()) {
            Held holds = effective(key);
            if (holds != null && holds.value() != null) {
                key.knownSetting()
                        .ifPresent(setting -> byName.computeIfAbsent(key.name(), name -> new TreeMap<>())
                                .put(setting, holds.value()));
            }
        }
        return byName;
    }

    synchronized long version() {
        return version;
    }

    synchronized boolean isLoaded() {
        return loaded;
    }
}
