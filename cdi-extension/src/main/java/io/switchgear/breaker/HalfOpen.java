package io.switchgear.breaker;

import io.switchgear.State;

/**
 * A few calls run as trials.
 *
 * @param trials who runs, and how many have succeeded; shared by all periods of this half-open time
 */
record HalfOpen(Terms terms, Trials trials) implements Period {
    static HalfOpen begin(Terms terms) {
        return new HalfOpen(terms, new Trials(terms.number()));
    }

    @Override
    public State state() {
        return State.HALF_OPEN;
    }

    @Override
    public HalfOpen tuned(Terms newTerms, Circuit circuit) {
        return under(newTerms);
    }

    @Override
    public HalfOpen under(Terms newTerms) {
        return new HalfOpen(newTerms, trials);
    }
}
