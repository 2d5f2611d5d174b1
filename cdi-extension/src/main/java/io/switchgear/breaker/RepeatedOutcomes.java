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

    /** Breakers, or kinds of outcome of one breaker, that a thread remembers. */
    private static final int ENTRIES = 16;

    private static final int NUMBERED = 0;
    private static final int TIMED = 1;
    private static final int SLOW = 2;

    private final int breaker = BREAKERS.getAndIncrement();
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
        int index = find(entries, NUMBERED);
        if (isAfter(entries, index, since) && isSame(what, (int) entries[index])) {
            return true;
        }
        write(entries, index, NUMBERED, what, SEQUENCE.incrementAndGet(this));
        return false;
    }

    /**
     * Records a failure that was counted, for calls around it on this thread, whether their time is measured or not.
     */
    void count(Object what, long now) {
        long[] entries = entries();
        write(entries, find(entries, NUMBERED), NUMBERED, what, SEQUENCE.incrementAndGet(this));
        write(entries, find(entries, TIMED), TIMED, what, now);
    }

    /** Like {@link #isRepeated} for a call whose time is measured, with the times of its start and end. */
    boolean isRepeatedTimed(Object what, long started, long now) {
        return isRepeatedTimed(TIMED, what, started, now);
    }

    /** Returns whether a slow call was counted within this one; otherwise it is counted now. */
    boolean isSlowRepeated(long started, long now) {
        return isRepeatedTimed(SLOW, this, started, now);
    }

    private boolean isRepeatedTimed(int kind, Object what, long started, long now) {
        long[] entries = entries();
        int index = find(entries, kind);
        if (isAfter(entries, index, started) && isSame(what, (int) entries[index])) {
            return true;
        }
        write(entries, index, kind, what, now);
        return false;
    }

    private static long[] entries() {
        long[] entries = OF_THREAD.get();
        if (entries == null) {
            // pairs of key and moment, and the number of pairs written
            entries = new long[2 * ENTRIES + 1];
            OF_THREAD.set(entries);
        }
        return entries;
    }

    /** Returns the index of the entry of this breaker; -1 if there is none. */
    private int find(long[] entries, int kind) {
        int owner = owner(kind);
        for (int index = 0; index < 2 * ENTRIES; index += 2) {
            if ((int) (entries[index] >>> Integer.SIZE) == owner) {
                return index;
            }
        }
        return -1;
    }

    /** Never 0, as an unused entry has that. */
    private int owner(int kind) {
        return breaker << 2 | kind + 1;
    }

    private static boolean isAfter(long[] entries, int index, long since) {
        return index >= 0 && entries[index + 1] - since > 0;
    }

    private void write(long[] entries, int found, int kind, Object what, long moment) {
        int index = found >= 0 ? found : 2 * (int) (entries[2 * ENTRIES]++ % ENTRIES);
        entries[index] = (long) owner(kind) << Integer.SIZE | System.identityHashCode(what);
        entries[index + 1] = moment;
    }

    /** Returns whether an outcome, or one of its causes, has this identity hash code. */
    private static boolean isSame(Object what, int hash) {
        return what instanceof Throwable thrown
                ? Causes.contain(thrown, each -> System.identityHashCode(each) == hash)
                : System.identityHashCode(what) == hash;
    }
}
