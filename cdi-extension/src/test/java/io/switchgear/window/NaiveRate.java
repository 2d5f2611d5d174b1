// SPDX-License-Identifier: Apache-2.0
package io.switchgear.window;

import io.switchgear.settings.BreakerSettings;

/** The rule of both windows, computed in the plainest way. */
final class NaiveRate {
    private NaiveRate() {}

    /** Returns whether these outcomes open a breaker with these settings. */
    static boolean mustOpen(BreakerSettings settings, int outcomes, int failures) {
        return outcomes >= settings.minimumCalls()
                && failures > 0
                && 100.0 * failures >= settings.failureRateThresholdPercent() * outcomes;
    }
}
