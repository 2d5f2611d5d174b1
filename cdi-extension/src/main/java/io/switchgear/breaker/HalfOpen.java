package io.switchgear.breaker;

import io.switchgear.status.CircuitState;

/**
 * The phase in which a few calls run as trials.
 *
 * @param trials the trials of this epoch; shared by all its phases
 */
record HalfOpen(PhaseContext context, Trials trials) implements Phase {
    static HalfOpen begin(PhaseContext context) {
        return new HalfOpen(context, new Trials(new Epoch(context.number())));
    }

    @Override
    public CircuitState state() {
        return CircuitState.HALF_OPEN;
    }

    @Override
    public HalfOpen tuned(PhaseContext newContext, PermitContext permits) {
        return under(newContext);
    }

    @Override
    public HalfOpen under(PhaseContext newContext) {
        return new HalfOpen(newContext, trials);
    }

    @Override
    public String rejectionCause() {
        return "HalfOpenMaxCalls is " + context.settings().halfOpenMaxCalls();
    }
}
