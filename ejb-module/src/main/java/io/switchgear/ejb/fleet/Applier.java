// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.CircuitBreaker;
import io.switchgear.ejb.fleet.AppliedChanges.Applied;
import io.switchgear.ejb.fleet.ChangeQueue.Pending;
import io.switchgear.ejb.fleet.Replica.Held;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Applies what holds for this node to its breakers and layers, in the name of those who changed it. */
final class Applier {
    private static final Duration MAX_TIME = Duration.ofDays(365);
    private static final long TOLERANCE_MILLIS = 2_000;

    /** A breaker or layer, by its kind and name. */
    record Id(String kind, String name) implements Comparable<Id> {
        static Id of(FleetKey key) {
            return new Id(key.kind(), key.name());
        }

        static Id of(Tunable<?> tunable) {
            return new Id(tunable.configuredSettings().kind().word(), tunable.name());
        }

        @Override
        public int compareTo(Id other) {
            int names = name.compareTo(other.name);
            return names != 0 ? names : kind.compareTo(other.kind);
        }
    }

    private record Group(String author, Map<Setting, Object> values) {}

    private final Replica replica;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Consumer<String> refusals;
    private final Map<Id, Tunable<?>> tunables = new ConcurrentHashMap<>();
    private final AppliedChanges applied = new AppliedChanges();
    // the version of the last request; another one is lower after an older database came back
    private final Map<FleetKey, Long> resets = new ConcurrentHashMap<>();
    private final Map<Id, String> refused = new ConcurrentSkipListMap<>();

    /** @param refusals receives a sentence when a breaker or layer begins to refuse what is stored */
    Applier(Replica replica, LongSupplier nanos, InstantSource clock, Consumer<String> refusals) {
        this.replica = replica;
        this.nanos = nanos;
        this.clock = clock;
        this.refusals = refusals;
    }

    /** Adds a breaker or layer, and applies its mode. Returns the keys that are to be applied to it. */
    List<FleetKey> added(Tunable<?> tunable) {
        Id id = Id.of(tunable);
        tunables.put(id, tunable);
        List<FleetKey> keys = replica.keys().stream()
                .filter(key -> Id.of(key).equals(id) && !key.isReset())
                .toList();
        keys.stream().filter(FleetKey::isMode).forEach(key -> mode(tunable, replica.effective(key)));
        return keys;
    }

    void removed(Tunable<?> tunable) {
        if (tunables.remove(Id.of(tunable), tunable)) {
            refused.remove(Id.of(tunable));
        }
    }

    /** Returns the breaker or layer; {@code null} if there is none. */
    Tunable<?> find(TunableKind kind, String name) {
        return tunables.get(new Id(kind.word(), name));
    }

    /** Returns the names of those of a kind. */
    Collection<String> names(TunableKind kind) {
        return tunables.keySet().stream()
                .filter(id -> id.kind().equals(kind.word()))
                .map(Id::name)
                .toList();
    }

    /** Returns what was applied here: notifications of it are no changes of an operator here. */
    AppliedChanges applied() {
        return applied;
    }

    /** Returns the sentences of what is refused now. */
    List<String> refused() {
        return List.copyOf(refused.values());
    }

    /**
     * Applies what holds now for these keys.
     *
     * @param pending accepts keys that are left out by now
     * @param retried receives those of which something was refused
     */
    void apply(Collection<FleetKey> keys, Predicate<FleetKey> pending, Consumer<FleetKey> retried) {
        Map<Id, Set<FleetKey>> byId = new LinkedHashMap<>();
        keys.forEach(key ->
                byId.computeIfAbsent(Id.of(key), id -> new LinkedHashSet<>()).add(key));
        byId.forEach((id, its) -> {
            Tunable<?> tunable = tunables.get(id);
            if (tunable != null) {
                its.removeIf(pending);
                its.stream().filter(FleetKey::isMode).forEach(key -> mode(tunable, replica.effective(key)));
                its.stream().filter(FleetKey::isReset).forEach(key -> reset(tunable, key));
                settings(id, tunable, its);
                if (refused.containsKey(id)) {
                    its.forEach(retried);
                }
            }
        });
    }

    // ---- settings

    private <S extends TunableSettings<S>> void settings(Id id, Tunable<S> tunable, Set<FleetKey> keys) {
        List<Group> left = groups(tunable, keys);
        List<String> problems = new ArrayList<>();
        int before;
        do {
            // one may be accepted only after another
            before = left.size();
            problems.clear();
            left.removeIf(group -> update(tunable, group, problems));
        } while (!left.isEmpty() && left.size() < before);
        if (left.size() > 1) {
            Map<Setting, Object> together = new EnumMap<>(Setting.class);
            left.forEach(group -> together.putAll(group.values()));
            if (update(tunable, new Group(left.get(left.size() - 1).author(), together), new ArrayList<>())) {
                left.clear();
            }
        }
        if (left.isEmpty()) {
            refused.remove(id);
            return;
        }
        String sentence = tunable.configuredSettings().kind().label(tunable.name()) + " refuses what is stored: "
                + String.join("; ", problems);
        if (!sentence.equals(refused.put(id, sentence))) {
            refusals.accept(sentence);
        }
    }

    /** Returns the values that are not in force, those of one change together, in order of their versions. */
    private <S extends TunableSettings<S>> List<Group> groups(Tunable<S> tunable, Set<FleetKey> keys) {
        Map<Long, Group> byVersion = new TreeMap<>();
        S inForce = tunable.settings();
        for (FleetKey key : keys) {
            Setting setting = key.knownSetting().orElse(null);
            if (setting == null) {
                continue;
            }
            Held holds = replica.effective(key);
            Object value = value(tunable, setting, holds == null ? null : holds.value());
            if (!value.equals(inForce.get(setting))) {
                long version = holds == null ? 0 : holds.row().version();
                String author = holds == null ? "the fleet's database" : Replica.author(holds.row());
                byVersion
                        .computeIfAbsent(version, none -> new Group(author, new EnumMap<>(Setting.class)))
                        .values()
                        .put(setting, value);
            }
        }
        return new ArrayList<>(byVersion.values());
    }

    private <S extends TunableSettings<S>> boolean update(Tunable<S> tunable, Group group, List<String> problems) {
        Applied change = new Applied(
                tunable.configuredSettings().kind().word(), tunable.name(), group.author(), group.values(), null);
        applied.add(change);
        try {
            tunable.by(group.author()).update(present -> present.with(group.values()));
            return true;
        } catch (InvalidSettingsException contradiction) {
            applied.remove(change);
            problems.add(contradiction.messageNaming(Setting::attributeName) + " (" + group.author() + ")");
            return false;
        }
    }

    // ---- modes

    private void mode(Tunable<?> tunable, Held holds) {
        if (!(tunable instanceof CircuitBreaker breaker) || isInForce(breaker, holds)) {
            return;
        }
        String author = holds == null ? "the fleet's database" : Replica.author(holds.row());
        String value = holds == null ? null : holds.value();
        Duration time =
                value == null || holds.endsAt() == null ? null : Duration.ofNanos(holds.endsAt() - nanos.getAsLong());
        BreakerMode mode = value == null || (time != null && (time.isNegative() || time.isZero()))
                ? BreakerMode.AUTOMATIC
                : BreakerMode.valueOf(value);
        expect(breaker, author, mode);
        if (mode == BreakerMode.AUTOMATIC) {
            breaker.by(author).automatic();
            return;
        }
        Duration allowed = time != null && time.compareTo(MAX_TIME) > 0 ? MAX_TIME : time;
        breaker.by(author).setMode(mode, allowed, holds.row().reason());
    }

    private void expect(CircuitBreaker breaker, String author, BreakerMode mode) {
        applied.add(new Applied(TunableKind.BREAKER.word(), breaker.name(), author, Map.of(), mode));
    }

    /** Resets a breaker, once for each request, unless the request is too old. */
    private void reset(Tunable<?> tunable, FleetKey key) {
        Held holds = replica.effective(key);
        if (tunable instanceof CircuitBreaker breaker && holds != null && holds.value() != null) {
            Long before = resets.put(key, holds.row().version());
            if (before == null || before != holds.row().version()) {
                String author = Replica.author(holds.row());
                BreakerMode mode = breaker.snapshot().mode();
                expect(breaker, author, mode == BreakerMode.OBSERVING ? mode : BreakerMode.AUTOMATIC);
                breaker.by(author).reset();
            }
        }
    }

    private boolean isInForce(CircuitBreaker breaker, Held holds) {
        BreakerSnapshot present = breaker.snapshot();
        return isSame(present.mode(), present.modeReason(), present.modeUntil(), holds);
    }

    /**
     * Returns whether a mode is the one that holds, with its reason and about its end.
     *
     * @param until when it ends, by the wall clock; {@code null} if it has no end
     */
    boolean isSame(BreakerMode mode, String reason, Instant until, Held holds) {
        String value = holds == null || holds.value() == null ? BreakerMode.AUTOMATIC.name() : holds.value();
        if (!mode.name().equals(value)) {
            return false;
        }
        return mode == BreakerMode.AUTOMATIC
                || (reason.equals(holds.row().reason()) && isSameEnd(until, holds.endsAt()));
    }

    private boolean isSameEnd(Instant until, Long endsAt) {
        if (until == null || endsAt == null) {
            return until == null && endsAt == null;
        }
        long here = Duration.between(clock.instant(), until).toMillis();
        long stored = Duration.ofNanos(endsAt - nanos.getAsLong()).toMillis();
        return Math.abs(here - stored) <= TOLERANCE_MILLIS;
    }

    /** Returns whether a local change is still in force; true if its breaker or layer is gone. */
    boolean isInForce(Pending change) {
        Tunable<?> tunable = tunables.get(Id.of(change.key()));
        if (tunable instanceof CircuitBreaker breaker && change.key().isMode()) {
            BreakerSnapshot present = breaker.snapshot();
            String value = present.mode() == BreakerMode.AUTOMATIC
                    ? null
                    : present.mode().name();
            return Objects.equals(value, change.value())
                    && present.modeReason().equals(change.reason())
                    && isSameEnd(present.modeUntil(), change.endsAt());
        }
        Setting setting = change.key().knownSetting().orElse(null);
        return tunable == null
                || setting == null
                || value(tunable, setting, change.value())
                        .equals(tunable.settings().get(setting));
    }

    private static Object value(Tunable<?> tunable, Setting setting, String stored) {
        return stored == null ? tunable.configuredSettings().get(setting) : setting.parse(stored);
    }
}
