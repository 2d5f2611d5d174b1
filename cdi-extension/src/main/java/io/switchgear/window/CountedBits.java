package io.switchgear.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A row of bits and the number of those that are set, written by many threads. It lies in an array of its owner, beside
 * what is written together with it: with each cache line less, cores fetch less from each other.
 *
 * <p>Invariant: a writer swaps its bit atomically and adds to the count what the swap changed, so the count equals the
 * set bits whenever no writer is between the two. Meanwhile it may be off by the writers that are. A count that is too
 * high is confirmed by its reader with {@link #recount}; one that is too low is put right by the writer itself, which
 * reads the count again after its write.
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

    /** Returns how many cells a row of this length takes. */
    static int cells(int length) {
        return 1 + (length + Long.SIZE - 1) / Long.SIZE;
    }

    void write(int index, boolean set) {
        long mask = 1L << index;
        if (set) {
            if (((long) CELL.getAndBitwiseOr(cells, word(index), mask) & mask) == 0) {
                CELL.getAndAdd(cells, count, 1L);
            }
        } else if (isSet(index) && ((long) CELL.getAndBitwiseAnd(cells, word(index), ~mask) & mask) != 0) {
            CELL.getAndAdd(cells, count, -1L);
        }
    }

    boolean isSet(int index) {
        return ((long) CELL.getVolatile(cells, word(index)) & (1L << index)) != 0;
    }

    private int word(int index) {
        return count + 1 + index / Long.SIZE;
    }

    int count() {
        return (int) (long) CELL.getVolatile(cells, count);
    }

    /** Counts the set bits one by one. */
    int recount() {
        int set = 0;
        for (int word = count + 1; word < end; word++) {
            set += Long.bitCount((long) CELL.getVolatile(cells, word));
        }
        return set;
    }
}
