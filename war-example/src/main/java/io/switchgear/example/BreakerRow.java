// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;

/**
 * A breaker as the page shows it, with names as in {@link BreakerSnapshot} and
 * {@link io.switchgear.settings.BreakerSettings}.
 *
 * @param stateSince the time of the last change of state or mode, as in {@code 2026-01-02T03:04:05Z}
 * @param failureRatePercent {@code null} while there are too few outcomes for a rate; JSON has no NaN
 */
public record BreakerRow(
        String name,
        boolean enabled,
        CircuitState state,
        String stateSince,
        BreakerMode mode,
        String modeReason,
        long openRemainingMillis,
        double admittedPercent,
        String admission,
        long openMillis,
        TripOn tripOn,
        int consecutiveFailures,
        int failureThreshold,
        int windowOutcomes,
        int minimumCalls,
        Double failureRatePercent,
        double failureRateThresholdPercent,
        int successThreshold,
        long successes,
        long failures,
        long rejected,
        String lastTrip) {

    static BreakerRow of(BreakerSnapshot breaker) {
        double failureRatePercent = breaker.failureRatePercent();
        return new BreakerRow(
                breaker.name(),
                breaker.settings().enabled(),
                breaker.state(),
                breaker.stateSince().toString(),
                breaker.mode(),
                breaker.modeReason(),
                breaker.openRemainingMillis(),
                breaker.admittedPercent(),
                breaker.admission(),
                breaker.settings().openMillis(),
                breaker.settings().tripOn(),
                breaker.consecutiveFailures(),
                breaker.settings().failureThreshold(),
                breaker.windowOutcomes(),
                breaker.settings().minimumCalls(),
                Double.isNaN(failureRatePercent) ? null : failureRatePercent,
                breaker.settings().failureRateThresholdPercent(),
                breaker.settings().successThreshold(),
                breaker.successes(),
                breaker.failures(),
                breaker.rejected(),
                breaker.lastTrip());
    }
}
