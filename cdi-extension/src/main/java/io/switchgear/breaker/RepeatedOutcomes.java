// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Recognizes an outcome that passes several calls of one breaker on a thread, one call within the other, so that it is
 * counted once. Only failed and slow calls use it; a successful call reads {@link #sequence} at most.
 *
 * <p>Each thread has the last outcome that each of a few breakers has counted on it, with the moment of counting. A
 * call that ends with the same exception, or with one caused by it, and that began before that moment is a call around
 * the one that was counted. A later call that throws the same exception object began after it.
 *
 * <p>Intentional: a thread refers to no exception and to no class of the library, only to numbers, since it may outlive
 * the application. So an exception is known by its identity hash code. Two different exceptions have the same one once
 * in two thousand million times.
 */
final class RepeatedOutcomes {
    private static final AtomicLongFieldUpdater<RepeatedOutcomes> SEQUENCE =
            AtomicLongFieldUpdater.newUpdater(RepeatedOutcomes.class, "sequence");
    private static final AtomicInteger BREAKERS = new AtomicInteger();
    private static final ThreadLocal<long[]> OF_THREAD = new ThreadLocal<>();

    /** Breakers, or kinds of outcome of one breaker, that a thread remembers; a power of 2. */
    private static final int ENTRIES = 16;

    private static final int NUMBERED = 0;
    private static final int TIMED = 1;
    private static final int SLOW = 2;

    private final int breaker = BREAKERS.getAndIncrement() & Integer.MAX_VALUE >>> 2;
    // not in the shared context: failures write it, and that would slow down the successes that read the context
    private volatile long sequence;

    /** Returns the number of failures so far that were counted here; the start of a call whose time is not measured. */
    long sequence() {
        return sequence;
    }

    /**
     * Returns whether a failure was counted for a call within this one; otherwise it is counted now.
     *
     * @param what the exception, or the result that is a failure
     * @param since {@link #sequence} when the call began
     */
    boolean isRepeated(Object what, long since) {
        long[] entries = entries();
        int owner = owner(NUMBERED);
        int index = find(entries, owner);
        if (isAfter(entries, index, owner, since) && isSame(what, (int) entries[index])) {
            return true;
        }
        write(entries, index, owner, what, SEQUENCE.incrementAndGet(this));
        return false;
    }

    /** Like {@link #isRepeated} for a call whose time is measured, with the times of its start and end. */
    boolean isRepeatedTimed(Object what, long started, long now) {
        return isRepeatedTimed(owner(TIMED), what, started, now);
    }

    /** Returns whether a slow call was counted within this one; otherwise it is counted now. */
    boolean isSlowRepeated(long started, long now) {
        return isRepeatedTimed(owner(SLOW), this, started, now);
    }

    private static boolean isRepeatedTimed(int owner, Object what, long started, long now) {
        long[] entries = entries();
        int index = find(entries, owner);
        if (isAfter(entries, index, owner, started) && isSame(what, (int) entries[index])) {
            return true;
        }
        write(entries, index, owner, what, now);
        return false;
    }

    /**
     * Records a failure that was counted, for calls around it on this thread, whether their time is measured or not.
     */
    void count(Object what, long now) {
        long[] entries = entries();
        write(entries, find(entries, owner(NUMBERED)), owner(NUMBERED), what, SEQUENCE.incrementAndGet(this));
        write(entries, find(entries, owner(TIMED)), owner(TIMED), what, now);
    }

    private static long[] entries() {
        long[] entries = OF_THREAD.get();
        return entries == null ? created() : entries;
    }

    private static long[] created() {
        // pairs of key and moment
        long[] entries = new long[2 * ENTRIES];
        OF_THREAD.set(entries);
        return entries;
    }

    /** Never 0, as an unused entry has that. */
    private int owner(int kind) {
        return breaker << 2 | kind + 1;
    }

    /** Returns the index of an entry: that of its owner, or an unused one, or the one to replace. */
    private static int find(long[] entries, int owner) {
        // breakers that were created one after the other do not replace each other
        int index = 2 * ((owner >>> 2) + 5 * owner & ENTRIES - 1);
        return isOf(owner, entries[index]) ? index : search(entries, owner, index);
    }

    // apart, so that the common case is small enough to be inlined
    private static int search(long[] entries, int owner, int first) {
        for (int step = 0; step < ENTRIES; step++) {
            int index = (first + 2 * step) % entries.length;
            if (entries[index] == 0 || isOf(owner, entries[index])) {
                return index;
            }
        }
        return first;
    }

    private static boolean isOf(int owner, long key) {
        return (int) (key >>> Integer.SIZE) == owner;
    }

    private static boolean isAfter(long[] entries, int index, int owner, long since) {
        return entries[index + 1] - since > 0 && isOf(owner, entries[index]);
    }

    private static void write(long[] entries, int index, int owner, Object what, long moment) {
        entries[index] = (long) owner << Integer.SIZE | Integer.toUnsignedLong(System.identityHashCode(what));
        entries[index + 1] = moment;
    }

    /** Returns whether an outcome, or one of its causes, has this identity hash code. */
    private static boolean isSame(Object what, int hash) {
        return what instanceof Throwable thrown
                ? Causes.contain(thrown, each -> System.identityHashCode(each) == hash)
                : System.identityHashCode(what) == hash;
    }
}
