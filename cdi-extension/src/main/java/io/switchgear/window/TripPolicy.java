// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.time.Ticker;

/** Collects the outcomes of a closed breaker's calls and decides when they open it. Safe for use by many threads. */
public sealed interface TripPolicy permits ConsecutiveFailures, CallWindow, TimeWindow {
    /** Creates the policy that these settings require, without outcomes. */
    static TripPolicy of(BreakerSettings settings, Ticker ticker) {
        return switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> new ConsecutiveFailures();
            case CALL_WINDOW -> new CallWindow(settings.windowCalls());
            case TIME_WINDOW -> new TimeWindow(settings.windowMillis(), ticker);
        };
    }

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

    /** Returns this policy or, if these settings require another, a new one that starts from these outcomes. */
    default TripPolicy adaptedTo(BreakerSettings settings, Ticker ticker) {
        if (settings.tripOn() == tripOn()) {
            return resized(settings);
        }
        TripPolicy other = of(settings, ticker);
        other.seed(handover());
        return other;
    }

    /** Returns the numbers that another policy can start from. */
    default OutcomeCounts handover() {
        return counts();
    }

    /** Adds outcomes that give these numbers, without a decision. For a new policy only. */
    void seed(OutcomeCounts counts);

    /** Returns this policy or, if its size differs, a new one of the right size with the most recent outcomes. */
    TripPolicy resized(BreakerSettings settings);
}
