// SPDX-License-Identifier: Apache-2.0
package io.switchgear.interleavings;

import io.switchgear.place.Places;
import io.switchgear.place.Waiter;
import java.util.concurrent.atomic.AtomicInteger;

/** Places of which all are taken, and calls that wait for one without a thread: what is lost stays lost. */
final class Queue {
    final Places places;
    private final Places.Place place;

    Queue(int limit) {
        places = new Places(all -> limit);
        place = places.anywhere();
        for (int i = 0; i < limit; i++) {
            place.take(limit, false);
        }
    }

    /** Ends a call that has a place. */
    void leave() {
        place.leave();
    }

    /** Returns whether a call that has not waited gets a place. */
    boolean admits(int limit) {
        return place.take(limit, false);
    }

    Call call() {
        return new Call(places);
    }

    Call waiting() {
        Call call = call();
        call.join(10);
        return call;
    }

    /** Returns the places that are taken, and the calls that wait. */
    String state() {
        return places.taken() + " taken " + places.waiting() + " waiting";
    }

    /** A call that waits. */
    static final class Call extends Waiter {
        private final AtomicInteger woken = new AtomicInteger();

        Call(Places places) {
            super(places, 0);
        }

        @Override
        protected boolean wake() {
            woken.incrementAndGet();
            return true;
        }

        String seen() {
            return (isAdmitted() ? "admitted" : "not admitted") + " woken " + woken;
        }
    }
}
