// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab;

import io.switchgear.lab.simulation.Experiment;
import io.switchgear.lab.simulation.Figures;
import io.switchgear.lab.simulation.Scenario;
import io.switchgear.lab.simulation.Subject.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * The runs of one scenario with one kind of subject, one for each seed.
 *
 * @param runs the results by seed, which counts from 1
 */
record Study(Scenario scenario, Kind kind, List<Figures> runs) {
    /** Runs the seeds from 1 to {@code seeds}. */
    static Study of(Scenario scenario, Kind kind, int seeds) {
        return new Study(
                scenario,
                kind,
                LongStream.rangeClosed(1, seeds)
                        .mapToObj(seed -> Experiment.run(scenario, kind, seed))
                        .toList());
    }

    /** Returns a value of all runs. */
    Spread spread(ToDoubleFunction<Figures> measure) {
        double[] values = runs.stream().mapToDouble(measure).sorted().toArray();
        int middle = values.length / 2;
        double median = values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        return new Spread(
                median,
                values[0],
                values[values.length - 1],
                Arrays.stream(values).average().orElseThrow());
    }

    /** A value over all seeds. */
    record Spread(double median, double min, double max, double mean) {}
}
