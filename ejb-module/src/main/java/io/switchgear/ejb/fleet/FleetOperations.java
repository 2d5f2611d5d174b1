// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.ejb.fleet.FleetStore.Change;
import io.switchgear.ejb.fleet.FleetStore.NodeStatus;
import io.switchgear.ejb.fleet.FleetStore.Write;
import io.switchgear.settings.Setting;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.BreakerMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Operations on all nodes or some. Each writes to the database at once, in one transaction, then applies it on this
 * node, and returns the version that it led to; 0 if there was nothing to do. Each throws
 *
 * <ul>
 *   <li>{@link IllegalArgumentException} if no name is accepted, a node is not known, or a breaker or layer of this
 *       node refuses a value;
 *   <li>{@link IllegalStateException} if another change won, with a sentence that names it;
 *   <li>{@link java.io.UncheckedIOException} if the database is away.
 * </ul>
 */
public final class FleetOperations {
    private static final Duration MAX_TIME = Duration.ofDays(365);
    private static final long RESET_MILLIS = 60_000;
    private static final long POLL_NANOS = 100_000_000;

    private final FleetNode node;
    private final FleetIdentity identity;
    private final FleetStore store;
    private final Replica replica;
    private final Applier applier;

    FleetOperations(FleetNode node, FleetIdentity identity, FleetStore store, Replica replica, Applier applier) {
        this.node = node;
        this.identity = identity;
        this.store = store;
        this.replica = replica;
        this.applier = applier;
    }

    /** What an operation writes for one key. */
    private record Value(FleetKey key, String value, Long forMillis) {}

    /**
     * Changes settings.
     *
     * @param targets names of nodes; empty for the fleet
     * @param kind the kind of layers
     * @param names accepts the names of breakers or layers, among those of this node and those with stored values
     * @param changes the new values
     * @param author the author
     * @param reason the reason; may be empty
     */
    public long change(
            Collection<String> targets,
            TunableKind kind,
            Predicate<String> names,
            Map<Setting, ?> changes,
            String author,
            String reason) {
        List<Value> values = new ArrayList<>();
        for (String name : accepted(kind, names)) {
            Tunable<?> tunable = applier.find(kind, name);
            if (tunable != null) {
                check(tunable.settings(), changes);
            }
            new TreeMap<Setting, Object>(changes).forEach((setting, value) -> {
                if (setting.kind() != kind) {
                    throw new IllegalArgumentException(setting.attributeName() + " is no setting of a " + kind.noun()
                            + " but of a " + setting.kind().noun());
                }
                values.add(new Value(
                        FleetKey.of(name, setting), setting.parse(value).toString(), null));
            });
        }
        return write(targets, values, author, reason);
    }

    private static <S extends TunableSettings<S>> void check(TunableSettings<S> settings, Map<Setting, ?> changes) {
        settings.with(changes);
    }

    /**
     * Sets the mode of breakers.
     *
     * @param targets names of nodes; empty for the fleet
     * @param names accepts the names of breakers, among those of this node and those with stored values
     * @param mode the mode
     * @param time how long it lasts, at most 365 days; {@code null} for no end
     * @param author the author
     * @param reason the reason; may be empty
     */
    public long mode(
            Collection<String> targets,
            Predicate<String> names,
            BreakerMode mode,
            Duration time,
            String author,
            String reason) {
        if (time != null && (time.isNegative() || time.isZero() || time.compareTo(MAX_TIME) > 0)) {
            throw new IllegalArgumentException("time must be > 0 and <= " + MAX_TIME + " but was " + time);
        }
        if (time != null && mode == BreakerMode.AUTOMATIC) {
            throw new IllegalArgumentException("the mode AUTOMATIC has no end but was given " + time);
        }
        String value = mode == BreakerMode.AUTOMATIC ? null : mode.name();
        List<Value> values = accepted(TunableKind.BREAKER, names).stream()
                .map(name -> new Value(FleetKey.ofMode(name), value, time == null ? null : (Long) time.toMillis()))
                .toList();
        return write(targets, values, author, reason);
    }

    /**
     * Resets breakers, and ends forced modes that are stored. Nodes that do not run, or cannot read the database within
     * a minute, are left out.
     *
     * @param targets names of nodes; empty for the fleet
     * @param names accepts the names of breakers, among those of this node and those with stored values
     * @param author the author
     * @param reason the reason; may be empty
     */
    public long reset(Collection<String> targets, Predicate<String> names, String author, String reason) {
        List<Value> values = new ArrayList<>();
        for (String name : accepted(TunableKind.BREAKER, names)) {
            values.add(new Value(FleetKey.ofReset(name), FleetKey.RESET, RESET_MILLIS));
            if (replica.hasForcedMode(name)) {
                values.add(new Value(FleetKey.ofMode(name), null, null));
            }
        }
        return write(targets, values, author, reason);
    }

    /**
     * Reverts stored settings to configuration. Modes stay.
     *
     * @param targets names of nodes; empty for the fleet, the values of single nodes included
     * @param kind the kind of layers
     * @param names accepts the names of breakers or layers
     * @param author the author
     * @param reason the reason; may be empty
     */
    public long revert(
            Collection<String> targets, TunableKind kind, Predicate<String> names, String author, String reason) {
        Set<String> accepted = accepted(kind, names);
        List<Value> values = replica.keys().stream()
                .filter(key -> key.knownSetting().isPresent()
                        && key.kind().equals(kind.word())
                        && accepted.contains(key.name()))
                .filter(replica::hasValue)
                .map(key -> new Value(key, null, null))
                .toList();
        return write(targets, values, author, reason);
    }

    private Set<String> accepted(TunableKind kind, Predicate<String> names) {
        Set<String> accepted = new TreeSet<>(applier.names(kind));
        replica.keys().stream()
                .filter(key -> key.kind().equals(kind.word()))
                .map(FleetKey::name)
                .forEach(accepted::add);
        accepted.removeIf(names.negate());
        if (accepted.isEmpty()) {
            throw new IllegalArgumentException("no " + kind.noun() + " has such a name");
        }
        return accepted;
    }

    private long write(Collection<String> targets, List<Value> values, String author, String reason) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Change> changes = new ArrayList<>();
        for (String target : targets.isEmpty() ? List.of(FleetStore.FLEET) : known(targets)) {
            for (Value value : values) {
                changes.add(new Change(
                        value.key(),
                        target,
                        value.value(),
                        replica.base(value.key(), target),
                        LocalChanges.start(author),
                        "fleet operation",
                        reason == null ? "" : LocalChanges.start(reason),
                        value.forMillis()));
            }
        }
        return node.writeNow(new Write(
                identity.application(), identity.node(), UUID.randomUUID().toString(), changes));
    }

    /** Returns the targets, if they are nodes: a typing error must not be stored for a node that never comes. */
    private Set<String> known(Collection<String> targets) {
        Set<String> known = store.nodes(identity.application()).stream()
                .map(NodeStatus::node)
                .collect(Collectors.toSet());
        known.add(identity.node());
        for (String target : targets) {
            if (!known.contains(target)) {
                throw new IllegalArgumentException("there is no node " + target + " of " + identity.application()
                        + "; its nodes are " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return new TreeSet<>(targets);
    }

    /**
     * Waits until the live nodes among the targets have read a version, and returns which of them have applied it.
     *
     * @param targets names of nodes; empty for the fleet
     * @param version as returned by an operation
     * @param atMost how long to wait
     */
    public FleetAnswer await(Collection<String> targets, long version, Duration atMost) {
        long start = System.nanoTime();
        FleetAnswer answer = answer(targets, version);
        while (!answer.notYet().isEmpty()
                && System.nanoTime() - start < atMost.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL_NANOS);
            answer = answer(targets, version);
        }
        return answer;
    }

    private FleetAnswer answer(Collection<String> targets, long version) {
        List<String> applied = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<String> notYet = new ArrayList<>();
        for (NodeStatus each : store.nodes(identity.application())) {
            if ((targets.isEmpty() || targets.contains(each.node()))
                    && each.ageMillis() < identity.livePeriod().toMillis()) {
                // what this node has applied, it records later
                boolean here = each.node().equals(identity.node());
                boolean read = each.version() >= version || (here && replica.version() >= version);
                boolean refuses =
                        here ? !applier.refused().isEmpty() : !each.refused().isEmpty();
                (!read ? notYet : refuses ? refused : applied).add(each.node());
            }
        }
        return new FleetAnswer(version, applied, refused, notYet);
    }
}
