// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The phase in which calls are rejected.
 *
 * @param openedNanos the time of opening, from which the deadline is computed with the settings in force
 * @param chance a random number between 0 and 1, drawn at that time: the part of the jitter that applies
 */
record Open(PhaseContext context, long openedNanos, double chance) implements Phase {
    /** Begins the phase of an open breaker: with trials if it is adaptive and not forced open. */
    static Phase begin(PhaseContext context, long now) {
        return new Open(context, now, ThreadLocalRandom.current().nextDouble()).perhapsWithTrials();
    }

    private Phase perhapsWithTrials() {
        return context.isAdaptive() && !context.isForcedOpen()
                ? new Trickle(this, new TrickleTrials(new Epoch(context.number()), openedNanos))
                : this;
    }

    @Override
    public CircuitState state() {
        return CircuitState.OPEN;
    }

    @Override
    public Phase withSettings(PhaseContext newContext, PermitContext permits) {
        return withContext(newContext).perhapsWithTrials();
    }

    @Override
    public Open withContext(PhaseContext newContext) {
        return new Open(newContext, openedNanos, chance);
    }

    private boolean isEndless() {
        return context.isForcedOpen() && context.override().until() == null;
    }

    @Override
    public boolean isDue(long now) {
        return !isEndless() && remainingNanos(now) <= 0;
    }

    @Override
    public boolean rejects(long now) {
        return !isDue(now);
    }

    @Override
    public long remainingMillis(long now) {
        return isEndless() ? -1 : (remainingNanos(now) + 999_999) / 1_000_000;
    }

    private long remainingNanos(long now) {
        if (context.isForcedOpen()) {
            return context.override().untilNanos() - now;
        }
        BreakerSettings settings = context.settings();
        return waitNanos(settings.openMillis(), context.summary().reopened(), chance, settings) - (now - openedNanos);
    }

    /** Returns the time until a trial: grows exponentially with the failures in a row, is capped, and has jitter. */
    static long waitNanos(long firstMillis, int failures, double chance, BreakerSettings settings) {
        double millis = (double) firstMillis;
        if (settings.openBackoffFactor() > 1) {
            millis = Math.min(millis * Math.pow(settings.openBackoffFactor(), failures), (double)
                    Math.max(firstMillis, settings.openMaxMillis()));
        }
        return (long) (millis * 1_000_000 * (1 - chance * settings.openJitterPercent() / 100));
    }

    @Override
    public double share(long now) {
        return 0;
    }

    @Override
    public String admission(long now) {
        return "admits no call, as "
                + (context.isForcedOpen() ? "it is forced open" : rejectionCause(RejectionReason.OPEN, now));
    }

    @Override
    public String rejectionCause(RejectionReason reason, long now) {
        if (context.isForcedOpen()) {
            return context.override().reason();
        }
        String trip = context.summary().lastTrip();
        // after forced open, trials may fail although the breaker never tripped
        return trip == null ? "a trial failed" : trip;
    }
}
