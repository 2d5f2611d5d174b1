// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The minimum cost of a guarantee: only the writes that it requires, around the same work. There are no states,
 * settings or policies.
 */
public class Floor {
    /** The counters that all threads of a row share. */
    @State(Scope.Benchmark)
    public static class Counts {
        private static final int SEPARATE_LINE = 12;

        final LongAdder admitted = new LongAdder();
        final LongAdder successes = new LongAdder();
        // only the element in the middle is used, so that it has a cache line to itself
        private final AtomicLongArray shared = new AtomicLongArray(2 * SEPARATE_LINE);
        final LongAdder failures = new LongAdder();

        long next() {
            return shared.getAndIncrement(SEPARATE_LINE);
        }

        void fail() {
            shared.incrementAndGet(SEPARATE_LINE);
        }

        void succeed() {
            if (shared.get(SEPARATE_LINE) != 0) {
                shared.set(SEPARATE_LINE, 0);
            }
        }
    }

    /** Counts each call when it begins and ends: gives the calls in flight, the successes and the failures. */
    @Benchmark
    public Object counting(Counts counts, Work work) {
        counts.admitted.increment();
        Object result;
        try {
            result = work.call();
        } catch (Flaw flaw) {
            counts.failures.increment();
            return flaw;
        }
        counts.successes.increment();
        return result;
    }

    /** Also counts consecutive failures exactly: other threads have to read what a failing thread writes. */
    @Benchmark
    public Object countingRow(Counts counts, Work work) {
        counts.admitted.increment();
        Object result;
        try {
            result = work.call();
        } catch (Flaw flaw) {
            counts.failures.increment();
            counts.fail();
            return flaw;
        }
        counts.successes.increment();
        counts.succeed();
        return result;
    }

    /** Also numbers the outcomes, to know exactly which are the latest. */
    @Benchmark
    public long numbering(Counts counts, Work work) {
        counts.admitted.increment();
        try {
            work.call();
        } catch (Flaw flaw) {
            counts.failures.increment();
            return counts.next();
        }
        counts.successes.increment();
        return counts.next();
    }

    /** Also reads the time of each outcome. */
    @Benchmark
    public long dating(Counts counts, Work work) {
        counts.admitted.increment();
        try {
            work.call();
        } catch (Flaw flaw) {
            counts.failures.increment();
            return System.nanoTime();
        }
        counts.successes.increment();
        return System.nanoTime();
    }
}
