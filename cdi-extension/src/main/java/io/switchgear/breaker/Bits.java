package io.switchgear.breaker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A row of bits that knows how many of them are set, written by many threads.
 *
 * <p>Invariant: each writer swaps its bit atomically and adds to the count what the swap changed, so the count equals
 * the bits set whenever no writer is between the two. In that gap it may be off by the writers that are in it. Who acts
 * on a count that is high confirms it with {@link #counted}; one that is low is put right by the writer in the gap, who
 * looks after it.
 */
final class Bits {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] words;
    private final AtomicInteger count = new AtomicInteger();

    Bits(int length) {
        words = new long[(length + Long.SIZE - 1) / Long.SIZE];
    }

    void write(int index, boolean set) {
        long mask = 1L << index;
        if (set) {
            if (((long) WORD.getAndBitwiseOr(words, index / Long.SIZE, mask) & mask) == 0) {
                count.incrementAndGet();
            }
        } else if (at(index) && ((long) WORD.getAndBitwiseAnd(words, index / Long.SIZE, ~mask) & mask) != 0) {
            count.decrementAndGet();
        }
    }

    boolean at(int index) {
        return (word(index / Long.SIZE) & (1L << index)) != 0;
    }

    int count() {
        return count.get();
    }

    /** The count, worked out again from the bits. */
    int counted() {
        int set = 0;
        for (int index = 0; index < words.length; index++) {
            set += Long.bitCount(word(index));
        }
        return set;
    }

    private long word(int index) {
        return (long) WORD.getVolatile(words, index);
    }
}
