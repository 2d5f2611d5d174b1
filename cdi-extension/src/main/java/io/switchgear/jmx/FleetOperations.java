// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.Parameter.CHANGES;
import static io.switchgear.jmx.Parameter.KIND;
import static io.switchgear.jmx.Parameter.MINUTES;
import static io.switchgear.jmx.Parameter.NAME_PATTERN;
import static io.switchgear.jmx.Parameter.NODES;
import static io.switchgear.jmx.Parameter.REASON;

import io.switchgear.managed.Fleet;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.time.Duration;
import java.util.List;

/** The operations of the MBean of a fleet. */
final class FleetOperations {
    static final List<MBeanOperation<FleetResource>> ALL = List.of(
            change(
                    "changeSettings",
                    List.of(NODES, KIND, NAME_PATTERN, CHANGES),
                    "Changes settings of all that match",
                    (fleet, given, author) ->
                            fleet.changeSettings(scope(given, given.kind()), given.changes(given.kind()), author)),
            change(
                    "revertSettings",
                    List.of(NODES, KIND, NAME_PATTERN),
                    "Restores the settings of code and configuration of all that match",
                    (fleet, given, author) -> fleet.revertSettings(scope(given, given.kind()), author)),
            mode(
                    "forceOpen",
                    BreakerMode.FORCED_OPEN,
                    "Rejects every call of all matching breakers until their mode changes"),
            modeFor(
                    "forceOpenFor",
                    BreakerMode.FORCED_OPEN,
                    "Rejects every call of all matching breakers for the given minutes; then trials decide"),
            mode(
                    "forceClosed",
                    BreakerMode.FORCED_CLOSED,
                    "Admits every call of all matching breakers until their mode changes; nothing opens them"),
            modeFor(
                    "forceClosedFor",
                    BreakerMode.FORCED_CLOSED,
                    "Admits every call of all matching breakers for the given minutes; then they decide again"),
            mode(
                    "observe",
                    BreakerMode.OBSERVING,
                    "Lets all matching breakers decide and report, but reject nothing, until their mode changes"),
            change(
                    "automatic",
                    List.of(NODES, NAME_PATTERN),
                    "Ends the mode of all matching breakers: they decide again, those forced open by trials",
                    (fleet, given, author) -> fleet.setMode(breakers(given), BreakerMode.AUTOMATIC, null, "", author)),
            change(
                    "reset",
                    List.of(NODES, NAME_PATTERN),
                    "Closes all matching breakers, discards their outcomes and ends forced modes",
                    (fleet, given, author) -> fleet.reset(breakers(given), author)));

    private interface Change {
        String apply(Fleet fleet, Parameter.Given given, String author);
    }

    private FleetOperations() {}

    private static MBeanOperation<FleetResource> change(
            String name, List<Parameter> parameters, String description, Change change) {
        return MBeanOperation.changing(
                name,
                parameters,
                String.class,
                description + "; returns which nodes have it",
                (resource, given) -> change.apply(resource.fleet(), given, Caller.current()));
    }

    private static MBeanOperation<FleetResource> mode(String name, BreakerMode mode, String description) {
        return change(
                name,
                List.of(NODES, NAME_PATTERN, REASON),
                description,
                (fleet, given, author) -> fleet.setMode(breakers(given), mode, null, given.reason(), author));
    }

    private static MBeanOperation<FleetResource> modeFor(String name, BreakerMode mode, String description) {
        return change(name, List.of(NODES, NAME_PATTERN, MINUTES, REASON), description, (fleet, given, author) -> {
            Duration time = given.time();
            return fleet.setMode(breakers(given), mode, time, given.reason(), author);
        });
    }

    private static Fleet.Scope breakers(Parameter.Given given) {
        return scope(given, TunableKind.BREAKER);
    }

    private static Fleet.Scope scope(Parameter.Given given, TunableKind kind) {
        return new Fleet.Scope(given.nodes(), kind, given.names());
    }
}
