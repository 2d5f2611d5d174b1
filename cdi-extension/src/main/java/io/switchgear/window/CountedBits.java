// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A row of bits and the number of those that are set, written by many threads. It is part of an array of its owner,
 * next to the data that is written together with it: the fewer cache lines, the less cores fetch from each other.
 *
 * <p>Invariant: a writer swaps its bit atomically and then adjusts the count, so the count equals the set bits whenever
 * no writer is between the two. Meanwhile it is off by at most the number of such writers. The reader checks a count
 * that may be too high with {@link #recount}. The writer corrects one that is too low, as it reads the count again
 * after its write.
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
