package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.CircuitState;

/**
 * Calls run and are judged.
 *
 * @param pass given to every call; its epoch stands for this period
 * @param plain whether a call is admitted without looking at anything: none are limited or watched, and no mode has an
 *     end
 */
record Closed(PhaseContext terms, ClosedPermit pass, TripPolicy judge, boolean plain) implements Phase {
    static Closed begin(PhaseContext terms, Circuit circuit) {
        BreakerSettings settings = terms.settings();
        return of(
                terms.closed(),
                circuit.pass(new Epoch(terms.number()), settings, circuit.watch(settings)),
                TripPolicy.of(settings, circuit.ticker()));
    }

    private static Closed of(PhaseContext terms, ClosedPermit pass, TripPolicy judge) {
        BreakerSettings settings = terms.settings();
        boolean plain = settings.maxConcurrentCalls() == 0
                && settings.slowCallMillis() == 0
                && terms.control().until() == null;
        return new Closed(terms, pass, judge, plain);
    }

    @Override
    public CircuitState state() {
        return CircuitState.CLOSED;
    }

    @Override
    public Closed tuned(PhaseContext newTerms, Circuit circuit) {
        BreakerSettings before = terms.settings();
        BreakerSettings settings = newTerms.settings();
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
    public Closed under(PhaseContext newTerms) {
        return of(newTerms, pass, judge);
    }
}
