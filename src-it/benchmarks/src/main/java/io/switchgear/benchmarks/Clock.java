package io.switchgear.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/** The yardstick: what a single look at the clock costs on this machine. */
public class Clock {
    /** A guard that measures durations needs two. */
    @Benchmark
    public long nanoTime() {
        return System.nanoTime();
    }
}
