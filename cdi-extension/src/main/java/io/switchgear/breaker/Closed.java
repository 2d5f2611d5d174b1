package io.switchgear.breaker;

import io.switchgear.Settings;
import io.switchgear.State;

/**
 * Calls run and are judged.
 *
 * @param pass given to every call; its identity stands for this period
 */
record Closed(Terms terms, Pass pass, Judge judge) implements Period {
    @Override
    public State state() {
        return State.CLOSED;
    }

    @Override
    public Closed with(Settings settings) {
        return new Closed(terms.with(settings), pass, judge.adaptedTo(settings));
    }

    @Override
    public Closed under(Terms newTerms) {
        return new Closed(newTerms, pass, judge);
    }
}
