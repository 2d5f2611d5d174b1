package io.switchgear.jmx;

import static io.switchgear.jmx.Parameter.MINUTES;
import static io.switchgear.jmx.Parameter.REASON;

import io.switchgear.BreakerControl;
import io.switchgear.status.BreakerMode;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The table of what an operator can do to a breaker. */
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
                    "Rejects every call for so many minutes; then trials decide",
                    (controls, given) -> controls.setMode(BreakerMode.FORCED_OPEN, given.time(), given.reason())),
            control(
                    "automatic",
                    List.of(),
                    "Lets the breaker decide again; one that was forced open goes on with trials",
                    (controls, given) -> controls.automatic()),
            control(
                    "forceClosed",
                    List.of(REASON),
                    "Admits every call until the mode changes; outcomes are measured, nothing opens the breaker",
                    (controls, given) -> controls.forceClosed(given.reason())),
            control(
                    "forceClosedFor",
                    List.of(MINUTES, REASON),
                    "Admits every call for so many minutes; then the breaker decides again",
                    (controls, given) -> controls.setMode(BreakerMode.FORCED_CLOSED, given.time(), given.reason())),
            control(
                    "observe",
                    List.of(REASON),
                    "Judges and reports, but rejects nothing, until the mode changes",
                    (controls, given) -> controls.observe(given.reason())),
            control(
                    "halfOpenNow",
                    List.of(),
                    "Ends a time in OPEN early: the next calls are trials",
                    (controls, given) -> {
                        if (!controls.halfOpenNow()) {
                            throw new IllegalStateException(
                                    "halfOpenNow ends a time in OPEN, and the breaker is not OPEN"
                                            + " by its own judgement; automatic() ends a forced mode");
                        }
                    }),
            control(
                    "reset",
                    List.of(),
                    "Closes the breaker, forgets the outcomes it judged and ends a forced mode; settings and totals stay",
                    (controls, given) -> controls.reset()),
            MBeanOperation.answering(
                    "resetTotals",
                    List.of(),
                    void.class,
                    "Lets the totals shown here start from 0 again; metrics and other readers are not touched",
                    (breaker, given) -> {
                        breaker.resetTotals();
                        return null;
                    }));

    private BreakerOperations() {}

    static List<MBeanOperation<BreakerResource>> all() {
        return Stream.concat(TunableOperations.<BreakerResource>all().stream(), OWN.stream())
                .toList();
    }

    private static MBeanOperation<BreakerResource> control(
            String name,
            List<Parameter> parameters,
            String description,
            BiConsumer<BreakerControl, Parameter.Given> action) {
        return MBeanOperation.answering(name, parameters, void.class, description, (breaker, given) -> {
            action.accept(breaker.breaker().by(Caller.current()), given);
            return null;
        });
    }
}
