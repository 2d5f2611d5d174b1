// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import io.switchgear.lab.Study.Spread;
import io.switchgear.lab.simulation.Figures;
import io.switchgear.lab.simulation.Scenario;
import io.switchgear.lab.simulation.Subject.Kind;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A goal of {@link Bar}.
 *
 * @param what the measured value, for tables
 * @param measure computes it from one run
 * @param atLeast whether the limit is a minimum; otherwise it is a maximum
 * @param runs 1; or 0 for a single seed, as chance decides nothing; or, for a value that is 0 or 1, the number of seeds
 *     for each of the others: then the mean is the share of the runs
 * @param met whether it is met today; the tests hold those that are
 */
record Goal(
        String what,
        Scenario scenario,
        Kind kind,
        ToDoubleFunction<Figures> measure,
        boolean atLeast,
        double limit,
        int runs,
        boolean met) {

    Goal(String what, Scenario scenario, Kind kind, ToDoubleFunction<Figures> measure, boolean atLeast, double limit) {
        this(what, scenario, kind, measure, atLeast, limit, 1, true);
    }

    /** Returns this goal as one that is not met yet. */
    Goal notYet() {
        return new Goal(what, scenario, kind, measure, atLeast, limit, runs, false);
    }

    /** Returns this goal with another number of {@link #runs}. */
    Goal runs(int number) {
        return new Goal(what, scenario, kind, measure, atLeast, limit, number, met);
    }

    /** Measures the value. */
    Verdict verdict(int seeds) {
        return new Verdict(
                this, Study.of(scenario, kind, Math.max(1, seeds * runs)).spread(measure));
    }

    /** The limit, for tables. */
    String bound() {
        return (atLeast ? ">= " : "<= ") + String.format(Locale.ROOT, "%.3f", limit);
    }

    /** The measured value of a goal, over all seeds. */
    record Verdict(Goal goal, Spread value) {
        /** Returns what is compared with the limit: the median, or a share of many runs. */
        double measured() {
            return goal.runs() > 1 ? value.mean() : value.median();
        }

        /** Returns whether the measured value is within the limit. */
        boolean met() {
            return goal.atLeast() ? measured() >= goal.limit() : measured() <= goal.limit();
        }

        /** Returns the value of the worst seed. */
        double worst() {
            return goal.atLeast() ? value.min() : value.max();
        }
    }
}
