// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.util.ListStatistics;

/**
 * The measurements of one row, a fork in each turn. Reported as medians, since disturbances only ever make a machine
 * slower.
 */
final class Figures {
    private final String unit;
    private final List<Fork> forks = new ArrayList<>();

    Figures(String unit) {
        this.unit = unit;
    }

    void add(double value) {
        add(new Fork(value, Double.NaN, Double.NaN));
    }

    void add(Fork fork) {
        forks.add(fork);
    }

    String unit() {
        return unit;
    }

    int forks() {
        return forks.size();
    }

    /** Returns what the last turn measured. */
    Fork last() {
        return forks.get(forks.size() - 1);
    }

    /** Returns the medians. */
    Fork typical() {
        return new Fork(median(Fork::value), median(Fork::bytes), median(Fork::instructions));
    }

    /** Returns the interval of the median; NaN with too few forks. */
    Interval interval() {
        return Interval.ofMedian(forks.stream().map(Fork::value).toList());
    }

    private double median(ToDoubleFunction<Fork> figure) {
        return new ListStatistics(forks.stream().mapToDouble(figure).toArray()).getPercentile(50);
    }
}
