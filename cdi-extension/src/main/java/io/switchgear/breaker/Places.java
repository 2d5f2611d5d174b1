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

    /** A place that calls can take: one call if it has a holder, any number otherwise. */
    static final class Place {
        private final Places places;
        // null if the calls may end on another thread
        private final Thread holder;

        private Place(Places places, Thread holder) {
            this.places = places;
            this.holder = holder;
        }

        /**
         * Takes a place; returns {@code false} if the limit is reached. Takes nothing if it throws, for instance at the
         * end of the stack.
         *
         * @param always whether to exceed the limit
         */
        boolean take(int limit, boolean always) {
            if (holder == null) {
                return places.take(limit, always);
            }
            // first, as it needs the most stack: after the place is taken, nothing can fail
            boolean taken = false;
            try {
                places.ofThreads.put(holder, this);
                taken = places.take(limit, always);
            } finally {
                if (!taken) {
                    handOver();
                }
            }
            return taken;
        }

        Places places() {
            return places;
        }

        /** Ends the part of the call that runs on the thread of its holder; the place stays taken. */
        void handOver() {
            if (holder != null) {
                places.ofThreads.remove(holder, this);
            }
        }

        /** Ends the call. */
        void leave() {
            places.giveBack();
            handOver();
        }
    }

    private boolean take(int limit, boolean always) {
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

    private void giveBack() {
        // the same steps as those that take a place: where there was stack for those, there is for these
        while (true) {
            int present = taken.get();
            if (taken.compareAndSet(present, present - 1)) {
                return;
            }
        }
    }

    /** Returns whether this thread runs a call that has taken a place. */
    boolean isHeldHere() {
        return ofThreads.containsKey(Thread.currentThread());
    }

    /** Returns a place for a call on this thread. */
    Place here() {
        return new Place(this, Thread.currentThread());
    }

    /** Returns the place of all calls that may end on another thread. */
    Place anywhere() {
        return new Place(this, null);
    }
}
