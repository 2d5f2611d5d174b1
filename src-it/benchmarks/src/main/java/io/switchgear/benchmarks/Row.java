// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.Comparator;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A benchmark under certain conditions.
 *
 * @param what class and method, as in {@code CoreCall.failsafePermit}
 * @param failing the percentage of calls that failed
 * @param threads the number of threads that shared one breaker
 */
record Row(String what, int failing, int threads) implements Comparable<Row> {
    private static final Comparator<Row> ORDER = Comparator.comparing(Row::suite)
            .thenComparingInt(Row::threads)
            .thenComparingInt(Row::failing)
            .thenComparing(Row::what);

    static Row of(BenchmarkParams params) {
        String name = params.getBenchmark();
        String failing = params.getParam("failingPercent");
        return new Row(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                failing == null ? 0 : Integer.parseInt(failing),
                params.getThreads());
    }

    /** Returns the class of the benchmark. */
    String suite() {
        return what.substring(0, what.indexOf('.'));
    }

    /** Returns the row of another benchmark under the same conditions. */
    Row of(String other) {
        return new Row(other, failing, threads);
    }

    /** Returns the row of the same benchmark with one thread. */
    Row alone() {
        return new Row(what, failing, 1);
    }

    @Override
    public int compareTo(Row other) {
        return ORDER.compare(this, other);
    }
}
