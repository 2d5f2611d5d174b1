package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;

/**
 * Calls are rejected.
 *
 * @param openedNanos the moment of opening, from which the deadline is worked out with the settings in force
 * @param chance between 0 and 1, drawn at that moment; how much of the jitter this time has
 */
record Open(PhaseContext terms, long openedNanos, double chance) implements Phase {
    @Override
    public CircuitState state() {
        return CircuitState.OPEN;
    }

    @Override
    public Open tuned(PhaseContext newTerms, Circuit circuit) {
        return under(newTerms);
    }

    @Override
    public Open under(PhaseContext newTerms) {
        return new Open(newTerms, openedNanos, chance);
    }

    boolean forced() {
        return terms.control().mode() == BreakerMode.FORCED_OPEN;
    }

    private boolean endless() {
        return forced() && terms.control().until() == null;
    }

    /** Whether the next call is to be let through as a trial. */
    boolean due(long now) {
        return !endless() && remainingNanos(now) <= 0;
    }

    /** Time until then, rounded up; -1 if an operator forced it open without an end. */
    long remainingMillis(long now) {
        return endless() ? -1 : (remainingNanos(now) + 999_999) / 1_000_000;
    }

    private long remainingNanos(long now) {
        return forced() ? terms.control().untilNanos() - now : waitNanos() - (now - openedNanos);
    }

    /** Exponential growth with the number of openings in a row, capped, and less a random part of it. */
    private long waitNanos() {
        BreakerSettings settings = terms.settings();
        double millis = (double) settings.openMillis();
        if (settings.openBackoffFactor() > 1) {
            millis = Math.min(
                    millis * Math.pow(settings.openBackoffFactor(), terms.past().reopened()),
                    (double) settings.openMaxMillis());
        }
        return (long) (millis * 1_000_000 * (1 - chance * settings.openJitterPercent() / 100));
    }
}
