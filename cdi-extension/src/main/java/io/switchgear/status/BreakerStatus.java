// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import java.time.Instant;

/**
 * The status of one breaker in a {@link StatusReport}, for operators and for JSON.
 *
 * @param name the breaker's name
 * @param enabled whether the breaker acts; while it does not, its state is {@link CircuitState#CLOSED}
 * @param state the state that the next call meets
 * @param mode the operator's override
 * @param modeReason the reason given for the mode; may be empty
 * @param healthy whether the breaker is {@link CircuitState#CLOSED}
 * @param calls calls that have completed or were rejected, since the breaker was created
 * @param failures those of them that failed
 * @param rejected those of them that were rejected
 * @param fallbacks failed or rejected calls whose caller got the value of a fallback
 * @param lastFailure the last failure, as in {@link BreakerSnapshot#lastFailure}; {@code null} before the first
 * @param lastFailureTime the time of the last failure, by the wall clock; {@code null} before the first
 * @param lastTrip why the breaker last opened from closed by its own decision; {@code null} if it never did
 * @param stateSince when state or mode last changed, by the wall clock
 * @param notClosedSince when the breaker last left {@link CircuitState#CLOSED}, the beginning of an outage, by the wall
 *     clock; {@code null} if it is closed
 * @param openRemainingMillis time until the next trial, in milliseconds; 0 unless the breaker is open, -1 if it is
 *     forced open without an end
 * @param admittedPercent part of the calls that is admitted, in percent, as in {@link BreakerSnapshot#admittedPercent}
 * @param admission what is admitted and why, in a sentence
 * @param trialSuccesses trials that have succeeded so far, as in {@link BreakerSnapshot#trialSuccesses}
 * @param changedSettings number of settings that are not as configured
 * @since 0.1
 */
public record BreakerStatus(
        String name,
        boolean enabled,
        CircuitState state,
        BreakerMode mode,
        String modeReason,
        boolean healthy,
        long calls,
        long failures,
        long rejected,
        long fallbacks,
        String lastFailure,
        Instant lastFailureTime,
        String lastTrip,
        Instant stateSince,
        Instant notClosedSince,
        long openRemainingMillis,
        double admittedPercent,
        String admission,
        int trialSuccesses,
        int changedSettings) {

    static BreakerStatus of(BreakerSnapshot breaker) {
        return new BreakerStatus(
                breaker.name(),
                breaker.settings().enabled(),
                breaker.state(),
                breaker.mode(),
                breaker.modeReason(),
                breaker.state() == CircuitState.CLOSED,
                breaker.calls(),
                breaker.failures(),
                breaker.rejected(),
                breaker.fallbacks(),
                breaker.lastFailure(),
                breaker.lastFailureTime(),
                breaker.lastTrip(),
                breaker.stateSince(),
                breaker.notClosedSince(),
                breaker.openRemainingMillis(),
                breaker.admittedPercent(),
                breaker.admission(),
                breaker.trialSuccesses(),
                breaker.changedBy().size());
    }
}
