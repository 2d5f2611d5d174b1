package io.switchgear.jmx;

import io.switchgear.CircuitTransition;
import io.switchgear.FailureRule;
import io.switchgear.Settings;
import io.switchgear.Snapshot;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a breaker's MBean shows, taken at one moment, so that attributes read together belong together.
 *
 * @param zero where the totals were last reset here; {@code null} if they never were
 * @param transitions the last ones, newest first
 */
record View(
        Snapshot snapshot,
        Snapshot zero,
        FailureRule failureRule,
        Settings configured,
        Origin origin,
        List<CircuitTransition> transitions,
        String lastRejectedChange)
        implements TunedView {

    /** A total since it was last reset here. */
    long total(ToLongFunction<Snapshot> total) {
        return total.applyAsLong(snapshot) - (zero == null ? 0 : total.applyAsLong(zero));
    }
}
