// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.FailureRule;
import io.switchgear.status.CircuitTransition;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.concurrent.Executor;

/**
 * The right to run one call. Call {@link #start} when the call begins, and {@link #returned}, {@link #threw} or
 * {@link #ignored} once when it ends. The permit knows the epoch that admitted it: when that is over, the outcome is
 * added to the totals and decides nothing.
 *
 * <p>The start time is returned rather than stored, as one object may be the permit of many calls.
 */
public abstract class Permit {
    final PermitContext shared;
    // copied here, as it is read after every call; code that reads the predicate itself is not inlined where the class
    // of the predicate was never loaded
    private final boolean judgesResults;
    private final boolean searchesCauses;

    /** @param searchesCauses whether an exception may be caused by a rejection of a call within this one */
    Permit(PermitContext shared, boolean searchesCauses) {
        this.shared = shared;
        this.searchesCauses = searchesCauses;
        this.judgesResults = shared.failureRule().failWhen() != null;
    }

    Permit(Permit other) {
        this(other.shared, other.searchesCauses);
    }

    /**
     * Begins the call. Returns its start for the method that ends it: a time, or a number if the time is not measured.
     */
    public abstract long start();

    /**
     * Returns the permit to end the call with on any thread. For a call that {@link Breaker#enter} admitted and that
     * goes on after its thread has left it: calls that this thread begins from now on are not within it.
     */
    public abstract Permit handedOver();

    /** Ends a call that returned; the breaker's rule decides whether the result is a failure. */
    public final void returned(Object result, long started) {
        try {
            boolean slow = ended(started);
            if (judgesResults) {
                judgeResult(result, started, slow);
            } else {
                succeeded(started, slow, true);
            }
        } catch (Throwable broken) {
            release();
            throw broken;
        }
    }

    private void judgeResult(Object result, long started, boolean slow) {
        FailureRule rule = shared.failureRule();
        boolean failed;
        try {
            failed = rule.failWhen().test(result);
        } catch (Throwable thrown) {
            // checked exceptions too, as some languages throw them undeclared
            ignored();
            shared.predicateFailed(thrown);
            return;
        }
        if (failed) {
            shared.recordFailure(
                    "result refused by " + rule.failWhen().getClass().getName(), null);
            failed(started, slow, result, null, true);
        } else {
            succeeded(started, slow, true);
        }
    }

    /** Ends a call that threw; the breaker's rule decides whether that is a failure, a success or neither. */
    public final void threw(Throwable thrown, long started) {
        try {
            // before anything else: the call gives back what it has taken, even if the stack ends below
            boolean slow = ended(started);
            // small, so that the hot part is inlined into its caller, and that into its own
            if (!searchesCauses && shared.failsAgain(thrown)) {
                failed(started, slow, thrown, thrown, true);
            } else {
                judge(thrown, started, slow, true);
            }
        } catch (Throwable broken) {
            release();
            throw broken;
        }
    }

    /** @param here whether the call ends on this thread, where the calls around and within it are known */
    private void judge(Throwable thrown, long started, boolean slow, boolean here) {
        FailureRule rule = shared.failureRule();
        if (rule.ignores(thrown) || shared.isOwnRejection(thrown, searchesCauses)) {
            ignored();
        } else if (rule.fails(thrown)) {
            Throwable cause = FailureRule.unwrapped(thrown);
            // a class with exceptions that are interruptions by their message is judged each time
            boolean byMessage = thrown instanceof InterruptedIOException || thrown instanceof SocketException;
            shared.recordFailure(cause.getClass().getName(), byMessage || cause != thrown ? null : cause.getClass());
            failed(started, slow, cause, cause, here);
        } else {
            succeeded(started, slow, here);
        }
    }

    /** Ends a call that is neither success nor failure, for instance because it was cancelled. */
    public final void ignored(long started) {
        try {
            ended(started);
        } finally {
            ignored();
        }
    }

    /**
     * Ends a call that exceeds its time limit and still runs: its outcome counts now, and it keeps what it has taken
     * until {@link #left}. Called on any thread; {@code elsewhere} calls the listeners of a transition.
     */
    final void exceeded(Throwable thrown, long started, Executor elsewhere) {
        try {
            boolean slow = overdue(started);
            TransitionDispatcher.announcing(elsewhere, () -> judge(thrown, started, slow, false));
        } catch (Throwable broken) {
            release();
            throw broken;
        }
    }

    /**
     * Gives back what a call has taken that exceeded its time limit, when it comes back on its thread.
     *
     * @param thrown the exception that was counted, with which this thread goes on; {@code null} if the call has left
     *     it
     */
    final void left(Throwable thrown, long started) {
        back(started);
        if (thrown != null) {
            shared.outcomes.count(thrown, shared.nanos());
        }
    }

    private void ignored() {
        release();
        shared.totals.rare().ignored.increment();
    }

    /**
     * Returns whether this permit was granted before {@code transition}. The state that it led to may be over too, as
     * listeners may be late.
     */
    public abstract boolean admittedBefore(CircuitTransition transition);

    private void succeeded(long started, boolean slow, boolean here) {
        (slow ? shared.totals.rare().slowSuccesses : shared.totals.successes).increment();
        decide(false, slow && !(here && isSlowRepeated(started)), null, started, here);
    }

    /**
     * @param what the exception, or the result that is the failure
     * @param thrown the exception; {@code null} if the failure was a result
     */
    private void failed(long started, boolean slow, Object what, Throwable thrown, boolean here) {
        if (here && isRepeated(what, started)) {
            shared.totals.rare().ignored.increment();
            decideRepeated(slow, thrown);
        } else {
            failed(started, slow, thrown, here);
        }
    }

    private void failed(long started, boolean slow, Throwable thrown, boolean here) {
        shared.totals.failures.increment();
        if (slow) {
            shared.totals.rare().slowFailures.increment();
        }
        decide(true, slow && !(here && isSlowRepeated(started)), thrown, started, here);
    }

    // ---- calls that a rehearsal sees

    /** Judges the outcome of a call that {@linkplain #ended has ended}, and that another breaker has judged. */
    final void judged(boolean failed, Throwable thrown, long started, boolean here) {
        if (failed) {
            failed(started, isSlow(started), thrown, here);
        } else {
            succeeded(started, isSlow(started), here);
        }
    }

    /** Returns whether this object is the permit of many calls. */
    boolean isForManyCalls() {
        return false;
    }

    /** Begins a call, like {@link #start}, for a caller that knows the time. */
    void startAt(long now) {}

    /** Returns whether a call that began then and ends now is slow. */
    boolean isSlow(long started) {
        return false;
    }

    // ---- the end of a call

    /** Returns whether the call is a trial. */
    boolean isTrial() {
        return false;
    }

    /** Gives back what the call has taken on admission. For a call that does not begin. */
    void abandon() {
        release();
    }

    /**
     * Gives back what a closed breaker's call has taken, and records the end of the call that began at {@code started}.
     * Returns whether it was slow. Needs no more stack than the admission did.
     */
    abstract boolean ended(long started);

    /**
     * Records that a call ends before its thread comes back: from now on it is not counted among the hanging calls.
     * Returns whether it was slow.
     */
    abstract boolean overdue(long started);

    /** Gives back what an {@link #overdue} call has taken, and records how long it took. */
    abstract void back(long started);

    /** Returns whether this failure was counted for a call within this one; otherwise it counts from now on. */
    abstract boolean isRepeated(Object what, long started);

    /** Returns whether a call within this one was counted as slow; otherwise this one counts from now on. */
    abstract boolean isSlowRepeated(long started);

    /**
     * Reports the outcome to the handler, if it can decide anything.
     *
     * @param thrown the exception; {@code null} if the call succeeded or a result was the failure
     * @param started what {@link #start} returned
     * @param here whether the call ends on this thread
     */
    abstract void decide(boolean failed, boolean slow, Throwable thrown, long started, boolean here);

    /** Ends a call whose failure was counted for a call within it. */
    void decideRepeated(boolean slow, Throwable thrown) {
        release();
    }

    /**
     * Lets another call have what this one has given back: the place of a closed breaker's call, which may be that of a
     * waiting call now, or the permit of a trial without an outcome. Does nothing if it has happened before.
     */
    abstract void release();
}
