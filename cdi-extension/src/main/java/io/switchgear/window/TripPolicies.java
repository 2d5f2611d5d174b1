// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.time.Ticker;

/** Creates the policies that settings require. */
public final class TripPolicies {
    private TripPolicies() {}

    /** Creates the policy that these settings require, without outcomes. */
    public static TripPolicy of(BreakerSettings settings, Ticker ticker) {
        return switch (settings.tripOn()) {
            case CONSECUTIVE_FAILURES -> new ConsecutiveFailures();
            case CALL_WINDOW -> new CallWindow(settings.windowCalls());
            case TIME_WINDOW -> new TimeWindow(settings.windowMillis(), ticker);
            case ADAPTIVE -> new FailureExcess();
        };
    }

    /** Returns a policy or, if these settings require another, a new one that starts from its outcomes. */
    public static TripPolicy adapted(TripPolicy policy, BreakerSettings settings, Ticker ticker) {
        if (settings.tripOn() == policy.tripOn()) {
            return policy.resized(settings);
        }
        TripPolicy other = of(settings, ticker);
        other.seed(policy.handover());
        return other;
    }
}
