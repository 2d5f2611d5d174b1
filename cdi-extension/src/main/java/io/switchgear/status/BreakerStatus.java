package io.switchgear.status;

import java.time.Instant;

/**
 * How a breaker stands, for people and for JSON.
 *
 * @param name its name
 * @param state what a call would meet now
 * @param mode the operator's override
 * @param modeReason the reason given for the mode, or empty
 * @param healthy whether it is {@link CircuitState#CLOSED}
 * @param calls calls that are over or were rejected, since it was made
 * @param failures those of them that failed
 * @param rejected those of them that were not admitted
 * @param fallbacks failed or rejected calls that a fallback stood in for
 * @param lastFailure class of the last failure, or {@code null} before the first
 * @param lastTrip why it last opened from closed by its own judgement, or {@code null} if it never did
 * @param stateSince when state or mode last changed, by the wall clock
 * @param notClosedSince when it last left {@link CircuitState#CLOSED}, which is when an outage began; {@code null} if
 *     it is closed
 * @param openRemainingMillis how long calls are still rejected, in milliseconds: 0 unless it is open, -1 if it is
 *     forced open without an end
 * @param changedSettings how many settings are not as configured
 * @since 0.1
 */
public record BreakerStatus(
        String name,
        CircuitState state,
        BreakerMode mode,
        String modeReason,
        boolean healthy,
        long calls,
        long failures,
        long rejected,
        long fallbacks,
        String lastFailure,
        String lastTrip,
        Instant stateSince,
        Instant notClosedSince,
        long openRemainingMillis,
        int changedSettings) {

    static BreakerStatus of(BreakerSnapshot breaker) {
        return new BreakerStatus(
                breaker.name(),
                breaker.state(),
                breaker.mode(),
                breaker.modeReason(),
                breaker.state() == CircuitState.CLOSED,
                breaker.calls(),
                breaker.failures(),
                breaker.rejected(),
                breaker.fallbacks(),
                breaker.lastFailure(),
                breaker.lastTrip(),
                breaker.stateSince(),
                breaker.notClosedSince(),
                breaker.openRemainingMillis(),
                breaker.changedBy().size());
    }
}
