// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;

/** Collects the outcomes of a closed breaker's calls and decides when they open it. Safe for use by many threads. */
public sealed interface TripPolicy permits ConsecutiveFailures, CallWindow, TimeWindow, FailureExcess {
    /** Returns the setting that this policy implements. */
    TripOn tripOn();

    /** Adds an outcome; returns whether the breaker must open. */
    boolean record(boolean failed, boolean slow, BreakerSettings settings);

    /**
     * Returns whether the breaker must open on the outcomes so far.
     *
     * @param hung calls in flight that are already slow
     */
    boolean mustOpen(BreakerSettings settings, int hung);

    /** Returns the outcomes so far, as numbers. Changes nothing. */
    OutcomeCounts counts();

    /** Returns the numbers that another policy can start from. */
    default OutcomeCounts handover() {
        return counts();
    }

    /** Adds outcomes that give these numbers, without a decision. For a new policy only. */
    void seed(OutcomeCounts counts);

    /** Returns this policy or, if its size differs, a new one of the right size with the most recent outcomes. */
    TripPolicy resized(BreakerSettings settings);
}
