package io.switchgear.breaker;

import io.switchgear.status.CircuitState;

/**
 * A few calls run as trials.
 *
 * @param trials who runs, and how many have succeeded; shared by all periods of this half-open time
 */
record HalfOpen(PhaseContext terms, Trials trials) implements Phase {
    static HalfOpen begin(PhaseContext terms) {
        return new HalfOpen(terms, new Trials(terms.number()));
    }

    @Override
    public CircuitState state() {
        return CircuitState.HALF_OPEN;
    }

    @Override
    public HalfOpen tuned(PhaseContext newTerms, Circuit circuit) {
        return under(newTerms);
    }

    @Override
    public HalfOpen under(PhaseContext newTerms) {
        return new HalfOpen(newTerms, trials);
    }
}
