// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static io.switchgear.jmx.Parameter.CHANGES;
import static io.switchgear.jmx.Parameter.MINUTES;
import static io.switchgear.jmx.Parameter.REASON;

import io.switchgear.BreakerControl;
import io.switchgear.settings.TunableKind;
import io.switchgear.status.BreakerMode;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The operations of a breaker's MBean. */
final class BreakerOperations {
    private static final List<MBeanOperation<BreakerResource>> OWN = List.of(
            control(
                    "forceOpen",
                    List.of(REASON),
                    "Rejects every call until the mode changes",
                    (controls, given) -> controls.forceOpen(given.reason())),
            control(
                    "forceOpenFor",
                    List.of(MINUTES, REASON),
                    "Rejects every call for the given minutes; then trials decide",
                    (controls, given) -> controls.setMode(BreakerMode.FORCED_OPEN, given.time(), given.reason())),
            control(
                    "automatic",
                    List.of(),
                    "Ends the mode: the breaker decides again; if it was forced open, by trials",
                    (controls, given) -> controls.automatic()),
            control(
                    "forceClosed",
                    List.of(REASON),
                    "Admits every call until the mode changes; outcomes are measured, but nothing opens the breaker",
                    (controls, given) -> controls.forceClosed(given.reason())),
            control(
                    "forceClosedFor",
                    List.of(MINUTES, REASON),
                    "Admits every call for the given minutes; then the breaker decides again",
                    (controls, given) -> controls.setMode(BreakerMode.FORCED_CLOSED, given.time(), given.reason())),
            control(
                    "observe",
                    List.of(REASON),
                    "Decides and reports, but rejects nothing, until the mode changes",
                    (controls, given) -> controls.observe(given.reason())),
            control(
                    "halfOpenNow",
                    List.of(),
                    "Ends the time in OPEN early: the next calls are trials; refused unless OPEN by its own decision",
                    (controls, given) -> {
                        if (!controls.halfOpenNow()) {
                            throw new IllegalStateException(
                                    "halfOpenNow needs a breaker that is OPEN by its own decision;"
                                            + " automatic() ends a forced mode");
                        }
                    }),
            control(
                    "reset",
                    List.of(),
                    "Closes the breaker, discards its outcomes and ends a forced mode; calls in flight no longer count"
                            + " toward MaxConcurrentCalls, nor as slow; settings and totals stay",
                    (controls, given) -> controls.reset()),
            MBeanOperation.changing(
                    "rehearse",
                    List.of(CHANGES),
                    String.class,
                    "Judges the calls by other settings too, which reject nothing, until the rehearsal ends; see Rehearsal;"
                            + " returns all rehearsed settings",
                    (breaker, given) -> TunableOperations.text(breaker.rehearse(given.changes(TunableKind.BREAKER)))),
            MBeanOperation.changing(
                    "endRehearsal",
                    List.of(),
                    String.class,
                    "Ends the rehearsal; returns its comparison",
                    (breaker, given) -> BreakerResource.endRehearsal(breaker.breaker())),
            MBeanOperation.changing(
                    "applyRehearsal",
                    List.of(),
                    String.class,
                    "Puts the rehearsed settings in force, which can be undone, and ends the rehearsal; returns all settings"
                            + " in force",
                    (breaker, given) -> TunableOperations.text(breaker.applyRehearsal())),
            MBeanOperation.changing(
                    "resetTotals",
                    List.of(),
                    void.class,
                    "Restarts the totals shown here from 0; metrics and other readers are not affected",
                    (breaker, given) -> {
                        breaker.resetTotals();
                        return null;
                    }));

    private BreakerOperations() {}

    static List<MBeanOperation<BreakerResource>> all() {
        return Stream.concat(TunableOperations.<BreakerResource>all().stream(), OWN.stream())
                .toList();
    }

    /** Creates an operation that controls the breaker in the name of the caller. */
    private static MBeanOperation<BreakerResource> control(
            String name,
            List<Parameter> parameters,
            String description,
            BiConsumer<BreakerControl, Parameter.Given> action) {
        return MBeanOperation.changing(name, parameters, void.class, description, (breaker, given) -> {
            action.accept(breaker.breaker().by(Caller.current()), given);
            return null;
        });
    }
}
