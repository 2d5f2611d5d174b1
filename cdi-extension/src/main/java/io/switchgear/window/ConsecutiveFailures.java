// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** Counts failures since the last success. A slow call is a failure. */
final class ConsecutiveFailures implements TripPolicy {
    // the count stops here: in a forced mode, failures may go on forever
    private static final int MAX =
            Math.toIntExact(Setting.FAILURE_THRESHOLD.range().max());

    private static final AtomicIntegerFieldUpdater<ConsecutiveFailures> FAILURES =
            AtomicIntegerFieldUpdater.newUpdater(ConsecutiveFailures.class, "failures");

    private volatile int failures;

    @Override
    public TripOn tripOn() {
        return TripOn.CONSECUTIVE_FAILURES;
    }

    @Override
    public boolean record(boolean failed, boolean slow, BreakerSettings settings) {
        if (failed || slow) {
            return FAILURES.updateAndGet(this, count -> Math.min(count + 1, MAX)) >= settings.failureThreshold();
        }
        // read first: the usual path writes nothing that another core would have to fetch
        if (failures != 0) {
            failures = 0;
        }
        return false;
    }

    @Override
    public boolean mustOpen(BreakerSettings settings, int hung) {
        return failures + (long) hung >= settings.failureThreshold();
    }

    @Override
    public OutcomeCounts counts() {
        return new OutcomeCounts(failures, 0, 0, 0);
    }

    @Override
    public void seed(OutcomeCounts counts) {
        failures = counts.consecutiveFailures();
    }

    /** Counts the failures as outcomes too: another policy has no others to start from. */
    @Override
    public OutcomeCounts handover() {
        int count = failures;
        return new OutcomeCounts(count, count, count, 0);
    }

    @Override
    public TripPolicy resized(BreakerSettings settings) {
        return this;
    }
}
