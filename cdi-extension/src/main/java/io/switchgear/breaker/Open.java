package io.switchgear.breaker;

import io.switchgear.Mode;
import io.switchgear.Settings;
import io.switchgear.State;

/**
 * Calls are rejected.
 *
 * @param openedNanos the moment of opening, from which the deadline is worked out with the settings in force
 */
record Open(Terms terms, long openedNanos) implements Period {
    @Override
    public State state() {
        return State.OPEN;
    }

    @Override
    public Open with(Settings settings) {
        return new Open(terms.with(settings), openedNanos);
    }

    @Override
    public Open under(Terms newTerms) {
        return new Open(newTerms, openedNanos);
    }

    boolean forced() {
        return terms.mode() == Mode.FORCED_OPEN;
    }

    /** Whether the next call is to be let through as a trial. */
    boolean due(long now) {
        return !forced() && remainingNanos(now) <= 0;
    }

    /** Time until then, rounded up; -1 for a forced one, which never is due. */
    long remainingMillis(long now) {
        return forced() ? -1 : (remainingNanos(now) + 999_999) / 1_000_000;
    }

    private long remainingNanos(long now) {
        return terms.settings().openMillis() * 1_000_000 - (now - openedNanos);
    }
}
