package io.switchgear.jmx;

import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a breaker's MBean shows, taken at one moment, so that attributes read together belong together.
 *
 * @param zero where the totals were last reset here; {@code null} if they never were
 * @param transitions the last ones, newest first
 */
record BreakerView(
        BreakerSnapshot snapshot,
        BreakerSnapshot zero,
        FailureRule failureRule,
        BreakerSettings configured,
        Origin origin,
        List<CircuitTransition> transitions,
        String lastRejectedChange)
        implements TunableView {

    /** A total since it was last reset here. */
    long total(ToLongFunction<BreakerSnapshot> total) {
        return total.applyAsLong(snapshot) - (zero == null ? 0 : total.applyAsLong(zero));
    }
}
