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
        for (IterationResult iteration : result.getIterationResults()) {
            values.addValue(iteration.getPrimaryResult().getScore());
            bytes.addValue(
                    iteration.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
        // counted for the fork as a whole, in all modes or in that of the user
        String counted = result.getSecondaryResults().keySet().stream()
                .filter(name -> name.startsWith("instructions"))
                .findFirst()
                .orElse(null);
        double instructions = counted == null
                ? Double.NaN
                : result.getSecondaryResults().get(counted).getScore();
        return new Fork(values.getPercentile(50), bytes.getPercentile(50), instructions);
    }
}
