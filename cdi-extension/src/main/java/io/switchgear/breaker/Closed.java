package io.switchgear.breaker;

import io.switchgear.Settings;
import io.switchgear.State;

/**
 * Calls run and are judged.
 *
 * @param pass given to every call; its epoch stands for this period
 * @param plain whether a call is admitted without looking at anything: none are limited or watched, and no mode has an
 *     end
 */
record Closed(Terms terms, Pass pass, Judge judge, boolean plain) implements Period {
    static Closed begin(Terms terms, Circuit circuit) {
        Settings settings = terms.settings();
        return of(
                terms.closed(),
                circuit.pass(new Epoch(terms.number()), settings, circuit.watch(settings)),
                Judge.of(settings, circuit.ticker()));
    }

    private static Closed of(Terms terms, Pass pass, Judge judge) {
        Settings settings = terms.settings();
        boolean plain = settings.maxConcurrentCalls() == 0
                && settings.slowCallMillis() == 0
                && terms.control().until() == null;
        return new Closed(terms, pass, judge, plain);
    }

    @Override
    public State state() {
        return State.CLOSED;
    }

    @Override
    public Closed tuned(Terms newTerms, Circuit circuit) {
        Settings before = terms.settings();
        Settings settings = newTerms.settings();
        boolean sameWatch = before.slowCallMillis() == settings.slowCallMillis();
        boolean same = sameWatch
                && (before.maxConcurrentCalls() == 0) == (settings.maxConcurrentCalls() == 0)
                && before.callTimer() == settings.callTimer();
        return of(
                newTerms,
                same ? pass : circuit.pass(pass.epoch(), settings, sameWatch ? pass.watch() : circuit.watch(settings)),
                judge.adaptedTo(settings, circuit.ticker()));
    }

    @Override
    public Closed under(Terms newTerms) {
        return of(newTerms, pass, judge);
    }
}
