package io.switchgear.benchmarks;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What a promise costs by itself: the writes without which it cannot be kept, around the same work, and nothing else.
 * No states, no settings, no judgement.
 */
public class Floor {
    /** What all threads of a row write. */
    @State(Scope.Benchmark)
    public static class Counts {
        private static final int OF_ITS_OWN_LINE = 12;

        final LongAdder admitted = new LongAdder();
        final LongAdder successes = new LongAdder();
        // only the element in the middle is used: nothing else is on its cache line
        private final AtomicLongArray shared = new AtomicLongArray(2 * OF_ITS_OWN_LINE);
        final LongAdder failures = new LongAdder();

        long next() {
            return shared.getAndIncrement(OF_ITS_OWN_LINE);
        }

        void fail() {
            shared.incrementAndGet(OF_ITS_OWN_LINE);
        }

        void succeed() {
            if (shared.get(OF_ITS_OWN_LINE) != 0) {
                shared.set(OF_ITS_OWN_LINE, 0);
            }
        }
    }

    /** To know the calls in flight and the successes and failures: each call is counted when it begins and ends. */
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

    /** Counting, and exactly how many failed in a row: what one thread writes when it fails the others have to read. */
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

    /** Counting, and exactly which outcomes are the last: each call takes the next number in their row. */
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

    /** Counting, and when each outcome was. */
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
