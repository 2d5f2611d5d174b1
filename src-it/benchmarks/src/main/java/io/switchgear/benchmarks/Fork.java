// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What one run of a row in a JVM of its own has measured.
 *
 * @param value the median of its iterations, in the unit of the row; for calls, the time of one thread
 * @param bytes the bytes allocated per call; NaN if not measured
 * @param instructions the instructions per call; NaN where the processor does not count them
 */
record Fork(double value, double bytes, double instructions) {
    static Fork of(BenchmarkResult result) {
        ListStatistics values = new ListStatistics();
        ListStatistics bytes = new ListStatistics();
        ListStatistics instructions = new ListStatistics();
        for (IterationResult iteration : result.getIterationResults()) {
            values.addValue(iteration.getPrimaryResult().getScore());
            iteration.getSecondaryResults().forEach((name, counted) -> {
                if (name.equals("gc.alloc.rate.norm")) {
                    bytes.addValue(counted.getScore());
                } else if (name.equals("instructions") || name.equals("instructions:u")) {
                    instructions.addValue(counted.getScore());
                }
            });
        }
        result.getSecondaryResults().forEach((name, counted) -> {
            if (instructions.getN() == 0 && name.startsWith("instructions")) {
                instructions.addValue(counted.getScore());
            }
        });
        return new Fork(values.getPercentile(50), bytes.getPercentile(50), instructions.getPercentile(50));
    }
}
