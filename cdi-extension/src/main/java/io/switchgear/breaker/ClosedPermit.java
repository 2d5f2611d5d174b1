// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitTransition;

/** The permit of all calls that a closed breaker admits under the same settings; one object for all of them. */
class ClosedPermit extends Permit {
    private final boolean limited;
    private final Epoch epoch;
    private final InFlightTracker tracker;

    /**
     * @param epoch the epoch that admits the calls
     * @param tracker tracks the calls in flight; {@code null} if they are not tracked
     */
    ClosedPermit(PermitContext shared, BreakerSettings settings, Epoch epoch, InFlightTracker tracker) {
        super(shared);
        this.limited = settings.maxConcurrentCalls() > 0;
        this.epoch = epoch;
        this.tracker = tracker;
    }

    @Override
    public long start() {
        return tracker == null ? 0 : tracker.started(shared.nanos());
    }

    @Override
    boolean ended(long started) {
        leave();
        return started != 0 && tracker != null && tracker.ended(started, shared.nanos());
    }

    final void leave() {
        if (limited) {
            shared.leave();
        }
    }

    @Override
    final void decide(boolean failed, boolean slow, Throwable thrown) {
        shared.handler().closedCallEnded(epoch, failed, slow, thrown);
    }

    @Override
    public final boolean admittedBefore(CircuitTransition transition) {
        return epoch.beganBefore(transition.number());
    }

    @Override
    final void release() {
        // no trial waits for the permit of a closed breaker
    }

    final InFlightTracker tracker() {
        return tracker;
    }
}
