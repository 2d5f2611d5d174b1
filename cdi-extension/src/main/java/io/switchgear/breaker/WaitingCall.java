// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.place.Places;
import io.switchgear.place.Places.Place;
import io.switchgear.place.WaitingThread;

/** The wait of one call for a place of a closed breaker. */
final class WaitingCall {
    private final PermitContext shared;
    private final long since;
    private final long maxMillis;
    // null before it has joined a queue
    private WaitingThread waiter;
    private boolean over;

    /** @param maxMillis the maximum time of the wait, which begins now; 0 for none */
    WaitingCall(PermitContext shared, long maxMillis) {
        this.shared = shared;
        this.since = shared.nanos();
        this.maxMillis = maxMillis;
    }

    /**
     * Blocks until the call should be judged again: it may have a place, need none, or {@linkplain #isOver have waited
     * enough}. Does so every second in any case, as calls that hang may open the breaker meanwhile.
     *
     * @param maxWaiting the number of waiting calls beyond which no call joins the queue
     */
    void await(Places places, int maxWaiting) {
        if (waiter == null || !waiter.isQueued()) {
            // after a wait for other places, too: those were in use before a reset
            end();
            waiter = new WaitingThread(places, shared.ticker(), since, maxMillis);
            over = !waiter.join(maxWaiting);
        }
        over |= waiter.isQueued() && !waiter.await();
    }

    /** Returns whether it ends without a place: its time is over, its thread was interrupted, or the queue is full. */
    boolean isOver() {
        return over;
    }

    /** Returns whether the call has got a place among these, which it does not use yet. */
    boolean hasPlaceOf(Places places) {
        return waiter != null && waiter.isAdmitted() && waiter.places() == places;
    }

    /** Makes the place that the call has got the given one. Changes nothing if it throws. */
    void handPlaceTo(Place place) {
        place.takeFrom(waiter);
    }

    /** Ends the wait. Gives back a place that the call does not use. */
    void end() {
        if (waiter != null) {
            waiter.end();
        }
    }
}
