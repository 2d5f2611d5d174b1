// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the calls in flight that are already slow, without storing anything for each call.
 *
 * <p>Time is divided into buckets of a sixteenth of the limit after which a call is slow, but of at least a
 * millisecond. A call increments the bucket in which it starts and decrements the same bucket when it ends, so the
 * counts left in old buckets are hanging calls. A bucket is reused after twice the limit; its remaining count then
 * moves to {@link #ancient}. Error bound: a hanging call is detected at most one bucket late, and never early.
 *
 * <p>A bucket is one long, with its number in the high bits and its count in the low bits. The start and the end of a
 * call and the reuse of a bucket are each one compare-and-set, so that no call is lost between them.
 */
final class InFlightTracker {
    private static final int BUCKETS_PER_LIMIT = 16;
    private static final int BUCKETS = 2 * BUCKETS_PER_LIMIT;
    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final long origin;
    private final long limit;
    private final long width;
    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final AtomicLong ancient = new AtomicLong();
    private volatile long ancientSince;
    private final AtomicLong checkAt;

    /** @param limit nanoseconds after which a call is slow; at least a millisecond */
    InFlightTracker(long limit, long now) {
        this.limit = limit;
        // at least a millisecond, so that bucket numbers do not overflow during the lifetime of a process
        this.width = Math.max(limit / BUCKETS_PER_LIMIT, 1_000_000);
        this.origin = now;
        this.checkAt = new AtomicLong(now + limit);
    }

    /** Starts a call. Returns its start time, which is never 0. */
    long started(long time) {
        long now = time == 0 ? 1 : time;
        long number = number(now);
        int index = (int) (number % BUCKETS);
        while (true) {
            long bucket = buckets.get(index);
            long inUse = bucket >>> COUNT_BITS;
            if (inUse > number) {
                // the thread paused for twice the limit after it read the clock: the bucket has been reused
                toAncient(1, now);
                return now;
            }
            long next = inUse == number ? bucket + 1 : (number << COUNT_BITS) + 1;
            if (buckets.compareAndSet(index, bucket, next)) {
                if (inUse != number && (bucket & COUNT_MASK) > 0) {
                    toAncient(bucket & COUNT_MASK, origin + inUse * width);
                }
                return now;
            }
        }
    }

    private void toAncient(long count, long since) {
        // buckets arrive in the order of their reuse, which may differ from that of their age
        if (ancient.getAndAdd(count) <= 0 || since - ancientSince < 0) {
            ancientSince = since;
        }
    }

    /** Ends a call; returns whether it was slow. */
    boolean ended(long started, long now) {
        long number = number(started);
        int index = (int) (number % BUCKETS);
        while (true) {
            long bucket = buckets.get(index);
            if (bucket >>> COUNT_BITS != number || (bucket & COUNT_MASK) == 0) {
                ancient.decrementAndGet();
                break;
            }
            if (buckets.compareAndSet(index, bucket, bucket - 1)) {
                break;
            }
        }
        return isSlow(started, now);
    }

    /** Returns whether a call of this time is slow. */
    boolean isSlow(long started, long now) {
        return now - started > limit;
    }

    /** Returns whether to check for hanging calls now; {@code true} for one caller per bucket. */
    boolean isDue(long now) {
        long at = checkAt.get();
        // the next end of a bucket, not one bucket from now, which would detect a call two buckets late
        long next = at + (now - at) / width * width + width;
        return now - at >= 0 && checkAt.compareAndSet(at, next);
    }

    /** Returns the calls in flight for longer than the limit. */
    int hung(long now) {
        // the last bucket whose calls all began more than the limit ago
        long last = Math.floorDiv(now - limit - origin, width) - 1;
        long count = Math.max(0, ancient.get());
        for (int index = 0; index < BUCKETS; index++) {
            long bucket = buckets.get(index);
            if (bucket >>> COUNT_BITS <= last) {
                count += bucket & COUNT_MASK;
            }
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    /**
     * Returns the age of the oldest call in flight, at most one bucket too high; 0 if there is none. While several
     * calls hang for more than twice the limit, it is the age of the oldest of them until all of them have ended.
     */
    long oldestNanos(long now) {
        long oldest = Long.MAX_VALUE;
        for (int index = 0; index < BUCKETS; index++) {
            long bucket = buckets.get(index);
            if ((bucket & COUNT_MASK) > 0) {
                oldest = Math.min(oldest, bucket >>> COUNT_BITS);
            }
        }
        long inBuckets = oldest == Long.MAX_VALUE ? 0 : now - origin - oldest * width;
        return ancient.get() > 0 ? Math.max(inBuckets, now - ancientSince) : inBuckets;
    }

    private long number(long time) {
        return (time - origin) / width;
    }
}
