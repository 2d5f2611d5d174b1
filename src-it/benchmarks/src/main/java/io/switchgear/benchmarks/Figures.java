// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * The measurements of one row: every iteration of every round. Reported as medians, since disturbances only ever make a
 * machine slower.
 */
final class Figures {
    private final String unit;
    private final List<Double> values = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    Figures(String unit) {
        this.unit = unit;
    }

    void add(double value) {
        values.add(value);
    }

    void add(BenchmarkResult fork) {
        fork.getIterationResults().forEach(iteration -> {
            values.add(iteration.getPrimaryResult().getScore());
            bytes.add(iteration.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        });
    }

    String unit() {
        return unit;
    }

    /** Returns the median in this unit; for calls, the time of one thread. */
    double median() {
        return statistics(values).getPercentile(50);
    }

    /** Returns half the width of the 99.9 % confidence interval of the mean; NaN if measured once. */
    double error() {
        return statistics(values).getMeanErrorAt(0.999);
    }

    /** Returns the bytes allocated per call; NaN if not measured. */
    double bytes() {
        return statistics(bytes).getPercentile(50);
    }

    private static ListStatistics statistics(List<Double> values) {
        return new ListStatistics(values.stream().mapToDouble(value -> value).toArray());
    }
}
