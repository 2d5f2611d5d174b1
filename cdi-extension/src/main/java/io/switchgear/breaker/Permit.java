package io.switchgear.breaker;

import io.switchgear.FailureRule;
import io.switchgear.message.Message;
import io.switchgear.status.CircuitTransition;

/**
 * The right to run one call. {@link #start} is to be called when it begins, and one of the other methods, once, when it
 * is over. The permit knows the period that gave it: when that is over, the outcome goes into the totals and decides
 * nothing.
 *
 * <p>The moment of starting is handed back rather than kept, since one object may be the permit of many calls.
 */
public abstract sealed class Permit permits ClosedPermit, ObservedPermit, TrialPermit {
    final Circuit circuit;
    // kept here as it is asked after every call; what asks for the predicate itself is not compiled into its caller
    // where nobody has loaded its class
    private final boolean judgesResults;

    Permit(Circuit circuit) {
        this.circuit = circuit;
        this.judgesResults = circuit.failureRule().failWhen() != null;
    }

    /** The call begins. Answers what the method that ends it has to be given; 0 if its time is of no interest. */
    public abstract long start();

    /** The call returned; the breaker's rule tells whether the result is a failure. */
    public final void returned(Object result, long started) {
        if (judgesResults) {
            judgeResult(result, started);
        } else {
            succeeded(started);
        }
    }

    private void judgeResult(Object result, long started) {
        FailureRule rule = circuit.failureRule();
        boolean failed;
        try {
            failed = rule.failWhen().test(result);
        } catch (RuntimeException | Error thrown) {
            ignored(started);
            Message.PREDICATE_FAILED.log(
                    thrown, circuit.name(), rule.failWhen().getClass().getName());
            return;
        }
        if (failed) {
            circuit.noteFailure(
                    "result refused by " + rule.failWhen().getClass().getName(), null);
            failed(started, null);
        } else {
            succeeded(started);
        }
    }

    /** The call threw; the breaker's rule tells whether this is a failure, a success or neither. */
    public final void threw(Throwable thrown, long started) {
        // first, and small: what is hot of it is compiled into the caller, which is compiled into its own only if small
        if (circuit.failsAgain(thrown)) {
            failed(started, thrown);
        } else {
            judge(thrown, started);
        }
    }

    private void judge(Throwable thrown, long started) {
        FailureRule rule = circuit.failureRule();
        if (rule.ignores(thrown)) {
            ignored(started);
        } else if (rule.fails(thrown)) {
            circuit.noteFailure(thrown.getClass().getName(), thrown.getClass());
            failed(started, thrown);
        } else {
            succeeded(started);
        }
    }

    /** The call says nothing about the service, because it was cancelled for instance. */
    public final void ignored(long started) {
        circuit.totals.rare().ignored.increment();
        ended(started);
        giveBack();
    }

    /**
     * Whether this permit was given before the period that {@code transition} leads to, which may be over itself: news
     * of it can be late.
     */
    public abstract boolean admittedBefore(CircuitTransition transition);

    private void succeeded(long started) {
        boolean slow = ended(started);
        (slow ? circuit.totals.rare().slowSuccesses : circuit.totals.successes).increment();
        count(false, slow, null);
    }

    /** @param thrown {@code null} if it was a result */
    private void failed(long started, Throwable thrown) {
        boolean slow = ended(started);
        circuit.totals.failures.increment();
        if (slow) {
            circuit.totals.rare().slowFailures.increment();
        }
        count(true, slow, thrown);
    }

    /** The call that began then has ended; answers whether it was slow. */
    abstract boolean ended(long started);

    /**
     * Decides what the outcome leads to.
     *
     * @param thrown what the failure was; {@code null} if there was none, or it was a result
     */
    abstract void count(boolean failed, boolean slow, Throwable thrown);

    /** Ends the call without deciding anything. */
    abstract void giveBack();
}
