package io.switchgear.breaker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A row of bits that knows how many of them are set, written by many threads. It lies in an array that its owner lays
 * out, beside what is written together with it: each cache line less is one that cores need not fetch from each other.
 *
 * <p>Invariant: each writer swaps its bit atomically and adds to the count what the swap changed, so the count equals
 * the bits set whenever no writer is between the two. In that gap it may be off by the writers that are in it. Who acts
 * on a count that is high confirms it with {@link #counted}; one that is low is put right by the writer in the gap, who
 * looks after it.
 */
final class CountedBits {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells;
    private final int count;
    private final int end;

    /** @param at the first of the {@link #cells} in {@code cells} that this row takes */
    CountedBits(int length, long[] cells, int at) {
        this.cells = cells;
        this.count = at;
        this.end = at + cells(length);
    }

    /** How many cells a row of this length takes. */
    static int cells(int length) {
        return 1 + (length + Long.SIZE - 1) / Long.SIZE;
    }

    void write(int index, boolean set) {
        long mask = 1L << index;
        if (set) {
            if (((long) CELL.getAndBitwiseOr(cells, word(index), mask) & mask) == 0) {
                CELL.getAndAdd(cells, count, 1L);
            }
        } else if (at(index) && ((long) CELL.getAndBitwiseAnd(cells, word(index), ~mask) & mask) != 0) {
            CELL.getAndAdd(cells, count, -1L);
        }
    }

    boolean at(int index) {
        return ((long) CELL.getVolatile(cells, word(index)) & (1L << index)) != 0;
    }

    private int word(int index) {
        return count + 1 + index / Long.SIZE;
    }

    int count() {
        return (int) (long) CELL.getVolatile(cells, count);
    }

    /** The count, worked out again from the bits. */
    int counted() {
        int set = 0;
        for (int word = count + 1; word < end; word++) {
            set += Long.bitCount((long) CELL.getVolatile(cells, word));
        }
        return set;
    }
}
