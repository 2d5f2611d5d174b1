package io.switchgear.example;

import io.switchgear.Mode;
import io.switchgear.Snapshot;
import io.switchgear.State;
import io.switchgear.TripOn;

/**
 * What the page shows of a breaker, named as in {@link Snapshot} and {@link io.switchgear.Settings}.
 *
 * @param since when state or mode last changed, as in {@code 2026-01-02T03:04:05Z}
 * @param failureRatePercent {@code null} while there are too few outcomes to tell; JSON has no NaN
 */
public record BreakerStatus(
        String name,
        State state,
        String since,
        Mode mode,
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

    static BreakerStatus of(Snapshot breaker) {
        double failureRatePercent = breaker.failureRatePercent();
        return new BreakerStatus(
                breaker.name(),
                breaker.state(),
                breaker.since().toString(),
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
