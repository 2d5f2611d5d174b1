// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The source of a breaker's attributes, taken at one moment, so that attributes read together are consistent.
 *
 * @param zero the breaker when its totals were last reset in JMX; {@code null} if they never were
 * @param transitions the last transitions, newest first
 */
record BreakerView(
        BreakerSnapshot snapshot,
        BreakerSnapshot zero,
        FailureRule failureRule,
        BreakerSettings configured,
        Origin origin,
        Predicate<Setting> unsaved,
        List<CircuitTransition> transitions,
        String lastRefusedChange)
        implements TunableView {

    /** Returns a total since it was last reset in JMX. */
    long total(ToLongFunction<BreakerSnapshot> total) {
        return total.applyAsLong(snapshot) - (zero == null ? 0 : total.applyAsLong(zero));
    }
}
