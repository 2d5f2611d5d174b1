// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The phase in which calls are rejected, except the trials of an adaptive breaker.
 *
 * @param openedNanos the time of opening, from which the deadline is computed with the settings in force
 * @param chance a random number between 0 and 1, drawn at that time: the part of the jitter that applies
 * @param trials the trials of an adaptive breaker; {@code null} if none is admitted
 */
record Open(PhaseContext context, long openedNanos, double chance, TrickleTrials trials) implements TrialPhase {
    static Open begin(PhaseContext context, long now) {
        return begin(context, now, ThreadLocalRandom.current().nextDouble());
    }

    private static Open begin(PhaseContext context, long openedNanos, double chance) {
        boolean trickles = context.isAdaptive() && context.override().mode() != BreakerMode.FORCED_OPEN;
        return new Open(
                context,
                openedNanos,
                chance,
                trickles ? new TrickleTrials(new Epoch(context.number()), openedNanos) : null);
    }

    @Override
    public CircuitState state() {
        return CircuitState.OPEN;
    }

    @Override
    public Open withSettings(PhaseContext newContext, PermitContext permits) {
        return context.hasTrialsOf(newContext) ? withContext(newContext) : begin(newContext, openedNanos, chance);
    }

    @Override
    public Open withContext(PhaseContext newContext) {
        return new Open(newContext, openedNanos, chance, trials);
    }

    boolean isForced() {
        return context.override().mode() == BreakerMode.FORCED_OPEN;
    }

    private boolean isEndless() {
        return isForced() && context.override().until() == null;
    }

    /**
     * Returns whether the next call makes the breaker half-open. An adaptive breaker stays open until trials succeed.
     */
    boolean isDue(long now) {
        return trials == null && !isEndless() && remainingNanos(now) <= 0;
    }

    /** Returns whether a call is rejected now. Changes nothing. */
    boolean rejects(long now) {
        return trials == null ? !isDue(now) : trials.rejects(now, context.settings());
    }

    /** Returns the time until the next trial, rounded up; -1 if an operator forced it open without an end. */
    long remainingMillis(long now) {
        if (trials != null) {
            return trials.remainingMillis(now, context.settings());
        }
        return isEndless() ? -1 : (remainingNanos(now) + 999_999) / 1_000_000;
    }

    private long remainingNanos(long now) {
        if (isForced()) {
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
        if (isForced()) {
            return "admits no call, as it is forced open";
        }
        return trials == null
                ? "admits no call, as " + rejectionCause(RejectionReason.OPEN, now)
                : "admits one trial in " + context.settings().trialIntervalMillis() + " ms, as calls fail";
    }

    @Override
    public String rejectionCause(RejectionReason reason, long now) {
        if (isForced()) {
            return context.override().reason();
        }
        String trip = context.summary().lastTrip();
        // after forced open, trials may fail although the breaker never tripped
        return trip == null ? "a trial failed" : trip;
    }
}
