// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.ejb.fleet.ChangeQueue.Pending;
import io.switchgear.settings.Setting;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Finds what operators change on this node, and queues it. Runs on the threads of callers, and does not block. */
final class LocalChanges {
    /** The author of changes that code makes in its own name, perhaps at each start. */
    private static final String CODE = "code";

    private final FleetIdentity identity;
    private final Replica replica;
    private final Applier applier;
    private final ChangeQueue queue;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Consumer<FleetKey> overwritten;
    private final Consumer<String> unstorable;

    /**
     * @param overwritten receives each key of a queued change that is not in force now: a step applied another value
     *     after the change and before its notification
     * @param unstorable receives a sentence for each change that no store can keep
     */
    LocalChanges(
            FleetIdentity identity,
            Replica replica,
            Applier applier,
            ChangeQueue queue,
            LongSupplier nanos,
            InstantSource clock,
            Consumer<FleetKey> overwritten,
            Consumer<String> unstorable) {
        this.identity = identity;
        this.replica = replica;
        this.applier = applier;
        this.queue = queue;
        this.nanos = nanos;
        this.clock = clock;
        this.overwritten = overwritten;
        this.unstorable = unstorable;
    }

    /** What became of a change. */
    enum Result {
        NOTHING,
        QUEUED,
        QUEUE_FULL
    }

    Result of(CircuitTransition transition) {
        boolean own = applier.applied()
                .notified(
                        transition.name(),
                        transition.fromSettings(),
                        transition.settings(),
                        transition.by(),
                        transition.mode());
        if (own || !isOperator(transition.by())) {
            return Result.NOTHING;
        }
        List<Pending> changes =
                settings(transition.name(), transition.fromSettings(), transition.settings(), transition.by());
        if (isModeChanged(transition.before(), transition.after())) {
            mode(transition, changes);
        }
        return queued(changes);
    }

    Result of(SettingsChange change) {
        boolean own = applier.applied().notified(change.name(), change.from(), change.to(), change.by(), null);
        return own || !isOperator(change.by())
                ? Result.NOTHING
                : queued(settings(change.name(), change.from(), change.to(), change.by()));
    }

    /** Whether a change is to be kept: not one by configuration, by code in its own name, or by the breaker itself. */
    private boolean isOperator(String by) {
        return !by.isEmpty() && !by.equals(CODE) && !by.startsWith("configuration ") && !by.startsWith("saved in ");
    }

    private static boolean isModeChanged(CircuitTransition.Side before, CircuitTransition.Side after) {
        return before.mode() != after.mode()
                || !before.modeReason().equals(after.modeReason())
                || !Objects.equals(before.modeUntil(), after.modeUntil());
    }

    private Result queued(List<Pending> changes) {
        if (changes.isEmpty()) {
            return Result.NOTHING;
        }
        boolean full = queue.add(changes, key -> replica.base(key, identity.target()));
        // afterwards: from now on a step applies nothing to these keys
        changes.stream()
                .filter(change -> !applier.isInForce(change))
                .map(Pending::key)
                .forEach(overwritten);
        return full ? Result.QUEUE_FULL : Result.QUEUED;
    }

    private List<Pending> settings(String name, TunableSettings<?> from, TunableSettings<?> to, String by) {
        List<Pending> changes = new ArrayList<>();
        Tunable<?> tunable = applier.find(to.kind(), name);
        for (Setting setting : Setting.of(to.kind())) {
            Object value = to.get(setting);
            if (value.equals(from.get(setting))) {
                continue;
            }
            FleetKey key = FleetKey.of(name, setting);
            boolean reverted =
                    tunable != null && value.equals(tunable.configuredSettings().get(setting));
            String stored = reverted ? null : value.toString();
            if (queue.has(key) || !Objects.equals(stored, value(key))) {
                add(changes, key, stored, by, "", null);
            }
        }
        return changes;
    }

    private String value(FleetKey key) {
        Replica.Held holds = replica.effective(key);
        return holds == null ? null : holds.value();
    }

    private void mode(CircuitTransition transition, List<Pending> changes) {
        FleetKey key = FleetKey.ofMode(transition.name());
        CircuitTransition.Side after = transition.after();
        if (!queue.has(key)
                && applier.isSame(after.mode(), after.modeReason(), after.modeUntil(), replica.effective(key))) {
            return;
        }
        String value =
                after.mode() == BreakerMode.AUTOMATIC ? null : after.mode().name();
        Long endsAt = after.modeUntil() == null
                ? null
                : (Long) (nanos.getAsLong()
                        + Duration.between(clock.instant(), after.modeUntil()).toNanos());
        add(changes, key, value, transition.by(), after.modeReason(), endsAt);
    }

    private void add(List<Pending> changes, FleetKey key, String value, String by, String reason, Long endsAt) {
        if (key.name().length() > FleetStore.MAX_LENGTH) {
            unstorable.accept(
                    key + ", changed by " + by + ", is in force on this node and not stored, since the name is"
                            + " longer than " + FleetStore.MAX_LENGTH + " characters; give it a shorter one");
            return;
        }
        changes.add(new Pending(key, value, 0, start(by), start(reason), endsAt));
    }

    /** Returns as much of a text as is stored. */
    static String start(String text) {
        return text.substring(0, Math.min(text.length(), FleetStore.MAX_LENGTH));
    }
}
