// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.util.ListStatistics;

/**
 * A {@link Bar} for one row. Our row and those of the others are measured in turn, and compared turn by turn: what
 * disturbs the machine for longer than a turn disturbs both.
 */
final class Goal {
    /** What can be said of a goal. */
    enum Verdict {
        MET,
        MISSED,
        UNDECIDED
    }

    private final Bar bar;
    private final Row row;
    private final List<Double> compared = new ArrayList<>();

    Goal(Bar bar, Row row) {
        this.bar = bar;
        this.row = row;
    }

    Bar bar() {
        return bar;
    }

    Row row() {
        return row;
    }

    /** Returns the rows that have to be measured in a turn. */
    Stream<Row> rows() {
        return Stream.concat(Stream.of(row), bar.others(row));
    }

    /** Compares what the last turn has measured. */
    void compare(Map<Row, Figures> results) {
        compared.add(bar.measured(
                results.get(row).last(),
                bar.others(row).map(other -> results.get(other).last()).toList()));
    }

    /** Returns the median of the comparisons. */
    double measured() {
        return new ListStatistics(compared.stream().mapToDouble(each -> each).toArray()).getPercentile(50);
    }

    Interval interval() {
        return Interval.ofMedian(compared);
    }

    /** Returns the value that the {@link Floor} would have instead of our row; NaN if there is none. */
    double floor(Map<Row, Figures> results) {
        String floor = bar.floor(row);
        Figures figures = floor.isEmpty() ? null : results.get(row.of(floor));
        return figures == null
                ? Double.NaN
                : bar.measured(
                        figures.typical(),
                        bar.others(row)
                                .map(other -> results.get(other).typical())
                                .toList());
    }

    /** Returns the verdict; a limit within the interval is neither met nor missed. */
    Verdict verdict() {
        Interval interval = interval();
        if (interval.high() <= bar.limit()) {
            return Verdict.MET;
        }
        return interval.low() > bar.limit() ? Verdict.MISSED : Verdict.UNDECIDED;
    }
}
