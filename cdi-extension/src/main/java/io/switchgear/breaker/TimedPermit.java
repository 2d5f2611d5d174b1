// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.place.Places.Place;
import io.switchgear.settings.BreakerSettings;

/** The permit of calls whose duration is measured. */
final class TimedPermit extends ClosedPermit {
    TimedPermit(PermitContext shared, BreakerSettings settings, Epoch epoch, InFlightTracker tracker) {
        super(shared, settings, epoch, tracker);
    }

    private TimedPermit(ClosedPermit other, Place place, ClosedPermit handedOver) {
        super(other, place, handedOver);
    }

    @Override
    ClosedPermit with(Place other, ClosedPermit later) {
        return new TimedPermit(this, other, later);
    }

    @Override
    boolean ended(long started) {
        vacate();
        long now = shared.nanos();
        boolean slow = tracker() != null && tracker().ended(started, now);
        shared.timed(now - started);
        return slow;
    }

    @Override
    void back(long started) {
        abandon();
        shared.timed(shared.nanos() - started);
    }

    @Override
    boolean isTimed() {
        return true;
    }
}
