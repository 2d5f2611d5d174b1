// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places for the concurrent calls of a breaker. A call takes one; the calls within it, on the same thread, take
 * none: otherwise they could be rejected because of the call that waits for them.
 */
final class Places {
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentMap<Thread, Place> ofThreads = new ConcurrentHashMap<>();

    /** A place that a call has taken. */
    static final class Place {
        private final Places places;
        // null if the call may end on another thread: one object for all such calls
        private final Thread holder;

        private Place(Places places, Thread holder) {
            this.places = places;
            this.holder = holder;
        }

        /** Ends the part of the call that runs on the thread of its holder; the place stays taken. */
        void handOver() {
            if (holder != null) {
                places.ofThreads.remove(holder, this);
            }
        }

        /** Ends the call. */
        void leave() {
            handOver();
            places.taken.decrementAndGet();
        }
    }

    /**
     * Takes a place; returns {@code false} if the limit is reached.
     *
     * @param always whether to exceed the limit
     */
    boolean take(int limit, boolean always) {
        while (true) {
            int present = taken.get();
            if (present >= limit && !always) {
                return false;
            }
            if (taken.compareAndSet(present, present + 1)) {
                return true;
            }
        }
    }

    /** Returns whether this thread runs a call that has taken a place. */
    boolean isHeldHere() {
        return ofThreads.containsKey(Thread.currentThread());
    }

    /** Returns the place that a call on this thread has taken. */
    Place here() {
        Place place = new Place(this, Thread.currentThread());
        ofThreads.put(place.holder, place);
        return place;
    }

    /** Returns the place of each call that may end on another thread. */
    Place anywhere() {
        return new Place(this, null);
    }
}
