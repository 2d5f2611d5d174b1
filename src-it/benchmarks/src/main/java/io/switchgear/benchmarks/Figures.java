package io.switchgear.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * The measurements of one row: every iteration of every round. Quoted as medians, since what disturbs a small machine
 * only ever makes it slower.
 */
final class Figures {
    private final List<Double> nanos = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();

    void add(BenchmarkResult fork) {
        fork.getIterationResults().forEach(iteration -> {
            nanos.add(iteration.getPrimaryResult().getScore());
            bytes.add(iteration.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        });
    }

    /** Nanoseconds for one call on one thread. */
    double nanos() {
        return statistics(nanos).getPercentile(50);
    }

    /** Half the width of the mean's 99.9 % confidence interval, in nanoseconds. */
    double error() {
        return statistics(nanos).getMeanErrorAt(0.999);
    }

    /** Bytes allocated by one call. */
    double bytes() {
        return statistics(bytes).getPercentile(50);
    }

    private static ListStatistics statistics(List<Double> values) {
        return new ListStatistics(values.stream().mapToDouble(value -> value).toArray());
    }
}
