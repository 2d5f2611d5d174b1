package io.switchgear.example;

import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;

/**
 * What the page shows of a breaker, named as in {@link BreakerSnapshot} and
 * {@link io.switchgear.settings.BreakerSettings}.
 *
 * @param stateSince when state or mode last changed, as in {@code 2026-01-02T03:04:05Z}
 * @param failureRatePercent {@code null} while there are too few outcomes to tell; JSON has no NaN
 */
public record BreakerRow(
        String name,
        CircuitState state,
        String stateSince,
        BreakerMode mode,
        String modeReason,
        long openRemainingMillis,
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
                breaker.state(),
                breaker.stateSince().toString(),
                breaker.mode(),
                breaker.modeReason(),
                breaker.openRemainingMillis(),
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
