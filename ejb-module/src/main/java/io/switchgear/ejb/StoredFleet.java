// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import io.switchgear.ejb.fleet.FleetAnswer;
import io.switchgear.ejb.fleet.FleetIdentity;
import io.switchgear.ejb.fleet.FleetNode;
import io.switchgear.ejb.fleet.FleetState;
import io.switchgear.ejb.fleet.FleetStore;
import io.switchgear.ejb.fleet.FleetStore.LoggedChange;
import io.switchgear.ejb.fleet.FleetStore.NodeStatus;
import io.switchgear.managed.Fleet;
import io.switchgear.managed.FleetNodeStatus;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The fleet as consoles see it, on the store that all nodes share. */
final class StoredFleet implements Fleet {
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final FleetIdentity identity;
    private final FleetStore store;
    private final FleetNode node;
    private final FleetProblems problems;
    private final Supplier<String> messages;

    StoredFleet(
            FleetIdentity identity,
            FleetStore store,
            FleetNode node,
            FleetProblems problems,
            Supplier<String> messages) {
        this.identity = identity;
        this.store = store;
        this.node = node;
        this.problems = problems;
        this.messages = messages;
    }

    // ---- what is known

    @Override
    public String node() {
        return identity.node();
    }

    @Override
    public String store() {
        return store.description();
    }

    @Override
    public String connection() {
        String problem = node.state().problem();
        return problem.isEmpty() ? "connected" : problem;
    }

    @Override
    public String messages() {
        return messages.get();
    }

    @Override
    public int waitingChanges() {
        return node.state().pending();
    }

    @Override
    public List<FleetNodeStatus> nodes() {
        try {
            long version = store.version(identity.application());
            return store.nodes(identity.application()).stream()
                    .map(each -> status(each, version))
                    .toList();
        } catch (UncheckedIOException away) {
            return List.of(ownStatus());
        }
    }

    private FleetNodeStatus status(NodeStatus status, long version) {
        return new FleetNodeStatus(
                status.node(),
                Duration.ofMillis(status.ageMillis()),
                status.ageMillis() < identity.livePeriod().toMillis(),
                status.version(),
                Math.max(0, version - status.version()),
                status.pending(),
                lines(status.states()),
                lines(status.refused()));
    }

    /** Returns what this node knows of itself while it cannot ask the store. */
    private FleetNodeStatus ownStatus() {
        FleetState state = node.state();
        return new FleetNodeStatus(
                identity.node(), Duration.ZERO, true, state.version(), 0, state.pending(), List.of(), state.refused());
    }

    private static List<String> lines(String text) {
        return text == null ? List.of() : text.lines().toList();
    }

    @Override
    public List<String> problems() {
        return Stream.concat(node.state().refused().stream(), problems.newestFirst().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<String> log(int count) {
        return now(() -> store.history(identity.application(), count)).stream()
                .map(StoredFleet::line)
                .toList();
    }

    private static String line(LoggedChange change) {
        return change.changedAt().truncatedTo(ChronoUnit.SECONDS) + " #" + change.version() + " "
                + change.key() + values(change)
                + (change.endsAt() == null ? "" : " until " + change.endsAt().truncatedTo(ChronoUnit.SECONDS))
                + (change.target().equals(FleetStore.FLEET) ? " on all nodes" : " on " + change.target())
                + ", by " + change.author() + " on " + change.node()
                + (change.reason() == null || change.reason().isEmpty() ? "" : ": " + change.reason());
    }

    /** Returns what a change changes; empty for a reset. */
    private static String values(LoggedChange change) {
        if (change.key().isReset()) {
            return "";
        }
        String none = change.key().isMode() ? BreakerMode.AUTOMATIC.name() : "configured";
        return " from " + Objects.requireNonNullElse(change.oldValue(), none) + " to "
                + Objects.requireNonNullElse(change.newValue(), none);
    }

    // ---- changes

    @Override
    public String changeSettings(Scope scope, Map<Setting, String> changes, String author) {
        return changed(
                scope, () -> node.operations().change(scope.nodes(), scope.kind(), scope.names(), changes, author, ""));
    }

    @Override
    public String revertSettings(Scope scope, String author) {
        return changed(scope, () -> node.operations().revert(scope.nodes(), scope.kind(), scope.names(), author, ""));
    }

    @Override
    public String setMode(Scope scope, BreakerMode mode, Duration time, String reason, String author) {
        return changed(
                breakers(scope),
                () -> node.operations().mode(scope.nodes(), scope.names(), mode, time, author, reason));
    }

    @Override
    public String reset(Scope scope, String author) {
        return changed(breakers(scope), () -> node.operations().reset(scope.nodes(), scope.names(), author, ""));
    }

    private static Scope breakers(Scope scope) {
        if (scope.kind() != TunableKind.BREAKER) {
            throw new IllegalArgumentException(
                    "only breakers have a mode, but kind was " + scope.kind().word());
        }
        return scope;
    }

    private String changed(Scope scope, LongSupplier change) {
        long version = now(change::getAsLong);
        if (version == 0) {
            return "nothing to change";
        }
        try {
            FleetAnswer answer = node.operations().await(scope.nodes(), version, ANSWER);
            return "change " + version + " is stored; in force on " + names(answer.applied())
                    + (answer.refused().isEmpty() ? "" : "; refused, in part, by " + names(answer.refused()))
                    + (answer.notYet().isEmpty() ? "" : "; not yet on " + names(answer.notYet()));
        } catch (UncheckedIOException away) {
            return "change " + version + " is stored; which nodes have it is not known, since " + away.getMessage();
        }
    }

    private static String names(List<String> nodes) {
        return nodes.isEmpty() ? "no running node" : String.join(", ", nodes);
    }

    private interface Access<T> {
        T get();
    }

    /**
     * Turns a store that is away, and what cannot be done, into a refusal with its sentence. Only classes of the JDK,
     * and no causes: a console has no class of this library or of a driver.
     */
    private static <T> T now(Access<T> access) {
        try {
            return access.get();
        } catch (UncheckedIOException away) {
            throw new IllegalStateException(away.getMessage());
        } catch (InvalidSettingsException invalid) {
            throw new IllegalArgumentException(invalid.messageNaming(Setting::attributeName));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(refused.getMessage());
        }
    }
}
