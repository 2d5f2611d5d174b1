// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;

/**
 * The phase in which calls are rejected.
 *
 * @param openedNanos the time of opening, from which the deadline is computed with the settings in force
 * @param chance a random number between 0 and 1, drawn at that time: the part of the jitter that applies
 */
record Open(PhaseContext context, long openedNanos, double chance) implements Phase {
    @Override
    public CircuitState state() {
        return CircuitState.OPEN;
    }

    @Override
    public Open withSettings(PhaseContext newContext, PermitContext permits) {
        return withContext(newContext);
    }

    @Override
    public Open withContext(PhaseContext newContext) {
        return new Open(newContext, openedNanos, chance);
    }

    boolean isForced() {
        return context.override().mode() == BreakerMode.FORCED_OPEN;
    }

    private boolean isEndless() {
        return isForced() && context.override().until() == null;
    }

    /** Returns whether the next call is admitted as a trial. */
    boolean isDue(long now) {
        return !isEndless() && remainingNanos(now) <= 0;
    }

    /** Returns the time until the next trial, rounded up; -1 if an operator forced it open without an end. */
    long remainingMillis(long now) {
        return isEndless() ? -1 : (remainingNanos(now) + 999_999) / 1_000_000;
    }

    private long remainingNanos(long now) {
        return isForced() ? context.override().untilNanos() - now : waitNanos() - (now - openedNanos);
    }

    /** Returns the time in OPEN: grows exponentially with the openings in a row, is capped, and has jitter. */
    private long waitNanos() {
        BreakerSettings settings = context.settings();
        double millis = (double) settings.openMillis();
        if (settings.openBackoffFactor() > 1) {
            millis = Math.min(
                    millis
                            * Math.pow(
                                    settings.openBackoffFactor(),
                                    context.summary().reopened()),
                    (double) settings.openMaxMillis());
        }
        return (long) (millis * 1_000_000 * (1 - chance * settings.openJitterPercent() / 100));
    }

    @Override
    public String rejectionCause() {
        if (isForced()) {
            return context.override().reason();
        }
        String trip = context.summary().lastTrip();
        // after forced open, trials may fail although the breaker never tripped
        return trip == null ? "a trial failed" : trip;
    }
}
