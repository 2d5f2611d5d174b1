// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.place.Places;
import io.switchgear.place.Places.Place;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitTransition;

/** The permit of all calls that a closed breaker admits under the same settings; one object for all of them. */
class ClosedPermit extends Permit {
    private final Epoch epoch;
    private final InFlightTracker tracker;
    // null if no place was taken
    private final Place place;
    // null if this permit is for calls that may end on any thread
    private final ClosedPermit handedOver;

    /**
     * Creates the permit of calls that may end on any thread.
     *
     * @param epoch the epoch that admits the calls
     * @param tracker tracks the calls in flight; {@code null} if they are not tracked
     */
    ClosedPermit(PermitContext shared, BreakerSettings settings, Epoch epoch, InFlightTracker tracker) {
        super(shared, settings.maxConcurrentCalls() > 0);
        this.epoch = epoch;
        this.tracker = tracker;
        this.place = settings.maxConcurrentCalls() > 0 ? shared.places().anywhere() : null;
        this.handedOver = null;
    }

    ClosedPermit(ClosedPermit other, Place place, ClosedPermit handedOver) {
        super(other);
        this.epoch = other.epoch;
        this.tracker = other.tracker;
        this.place = place;
        this.handedOver = handedOver;
    }

    /** Returns this permit with another place, or none, for calls that end on another thread with the given permit. */
    ClosedPermit with(Place other, ClosedPermit later) {
        return new ClosedPermit(this, other, later);
    }

    /** Returns the permit of calls that end on the thread on which they begin, and that take no place. */
    final ClosedPermit here() {
        return with(null, place == null ? this : with(null, null));
    }

    /** Returns the permit of a call that ends on this thread, on which it begins, and that needs a place. */
    final ClosedPermit withPlaceHere() {
        return with(place.places().here(), this);
    }

    /** Takes the place of a call; returns {@code false} if the limit is reached. */
    final boolean takePlace(int limit, boolean always) {
        return place.take(limit, always);
    }

    /** Takes the place that a call has waited for. Changes nothing if it throws. */
    final void takePlace(WaitingCall waiting) {
        waiting.handPlaceTo(place);
    }

    /** Returns the places of which its calls take one; {@code null} if they take none. */
    final Places places() {
        return place == null ? null : place.places();
    }

    @Override
    public final Permit handedOver() {
        if (place != null) {
            place.handOver();
        }
        return handedOver == null ? this : handedOver;
    }

    @Override
    public final long start() {
        if (!isTimed()) {
            return handedOver == null ? 0 : shared.outcomes.sequence();
        }
        try {
            long now = shared.nanos();
            return tracker == null ? now : tracker.started(now);
        } catch (Throwable broken) {
            abandon();
            throw broken;
        }
    }

    @Override
    final void startAt(long now) {
        if (tracker != null) {
            tracker.started(now);
        }
    }

    @Override
    final boolean isSlow(long started) {
        return tracker != null && tracker.isSlow(started, shared.nanos());
    }

    @Override
    final boolean isForManyCalls() {
        return place == null || handedOver == null;
    }

    @Override
    boolean ended(long started) {
        vacate();
        return overdue(started);
    }

    @Override
    final boolean overdue(long started) {
        return tracker != null && tracker.ended(started, shared.nanos());
    }

    /** Gives the place back. A call that waits gets it only after this one is judged, which may open the breaker. */
    final void vacate() {
        if (place != null) {
            place.vacate();
        }
    }

    @Override
    void back(long started) {
        abandon();
    }

    @Override
    final void abandon() {
        vacate();
        release();
    }

    /** Returns whether {@link #start} returns a time. */
    boolean isTimed() {
        return tracker != null;
    }

    @Override
    final boolean isRepeated(Object what, long started) {
        return handedOver != null
                && (isTimed()
                        ? shared.outcomes.isRepeatedTimed(what, started, shared.nanos())
                        : shared.outcomes.isRepeated(what, started));
    }

    @Override
    final boolean isSlowRepeated(long started) {
        return handedOver != null && shared.outcomes.isSlowRepeated(started, shared.nanos());
    }

    @Override
    final void decide(boolean failed, boolean slow, Throwable thrown, long started, boolean here) {
        shared.handler().closedCallEnded(epoch, failed, slow, thrown);
        release();
    }

    @Override
    public final boolean admittedBefore(CircuitTransition transition) {
        return epoch.beganBefore(transition.number());
    }

    @Override
    final void release() {
        if (place != null) {
            place.places().serveWaiting();
        }
    }

    final InFlightTracker tracker() {
        return tracker;
    }
}
