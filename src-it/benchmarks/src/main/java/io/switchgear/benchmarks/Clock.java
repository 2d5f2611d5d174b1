// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/** The yardstick: the cost of reading the clock once on this machine. */
public class Clock {
    /** Reads the clock. A guard that measures durations reads it twice. */
    @Benchmark
    public long nanoTime() {
        return System.nanoTime();
    }
}
