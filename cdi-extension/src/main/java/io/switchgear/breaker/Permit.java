package io.switchgear.breaker;

import io.switchgear.FailureRule;

/**
 * The right to run one call. One of its methods is to be called, once, when the call is over. It knows the period that
 * gave it: when that is over, the outcome goes into the totals and decides nothing.
 */
public abstract sealed class Permit permits Pass, Bystander, Trial {
    final Circuit circuit;

    Permit(Circuit circuit) {
        this.circuit = circuit;
    }

    /** The call returned. */
    public final void succeeded() {
        circuit.totals.successes.increment();
        countSuccess();
    }

    /** The call threw; the breaker's rule tells whether this is a failure, a success or neither. */
    public final void threw(Throwable thrown) {
        FailureRule rule = circuit.failureRule;
        if (rule.ignores(thrown)) {
            ignored();
        } else if (rule.fails(thrown)) {
            circuit.totals.failures.increment();
            circuit.noteFailure(thrown);
            countFailure();
        } else {
            succeeded();
        }
    }

    /** The call says nothing about the service, because it was cancelled for instance. */
    public final void ignored() {
        circuit.totals.ignored.increment();
        giveBack();
    }

    abstract void countSuccess();

    abstract void countFailure();

    /** Ends the call without deciding anything. */
    abstract void giveBack();
}
