// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;

/** The permit of calls whose duration is measured. */
final class TimedPermit extends ClosedPermit {
    TimedPermit(PermitContext shared, BreakerSettings settings, Epoch epoch, InFlightTracker tracker) {
        super(shared, settings, epoch, tracker);
    }

    @Override
    public long start() {
        return tracker() == null ? shared.nanos() : tracker().started(shared.nanos());
    }

    @Override
    boolean ended(long started) {
        leave();
        long now = shared.nanos();
        shared.timed(now - started);
        return tracker() != null && tracker().ended(started, now);
    }
}
