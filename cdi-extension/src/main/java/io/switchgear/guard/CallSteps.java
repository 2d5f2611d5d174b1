// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.StageOutcome;
import io.switchgear.time.Scheduler;

/** The steps of a call through the layers of its method, in the order in which a call takes them. */
final class CallSteps<C> {
    private final ResultKind kind;
    private final Breaker breaker;
    private final TimeLimit limit;
    private final Retry retry;
    private final Fallback<? super C> fallback;
    private final Scheduler scheduler;
    private final TransactionRule transaction;
    // null without a retry
    private final FailureRule retryRule;
    private final boolean calledOnce;

    /** @param retry {@code null} if attempts are not repeated */
    CallSteps(ResultKind kind, GuardLayers<? super C> layers, Retry retry) {
        this.kind = kind;
        this.breaker = layers.breaker();
        this.limit = layers.limit();
        this.retry = retry;
        this.fallback = layers.fallback();
        this.scheduler = layers.scheduler();
        this.transaction = layers.transaction();
        // also within an attempt: what it refuses is not a good value
        this.retryRule = layers.retry() == null ? null : layers.retry().rule();
        this.calledOnce = retry == null
                && fallback == null
                && layers.offload() == null
                && (limit == null || kind == ResultKind.PLAIN);
    }

    /** Returns when a call is judged. */
    ResultKind kind() {
        return kind;
    }

    /** Returns whether there is a time limit. */
    boolean hasLimit() {
        return limit != null;
    }

    /** Returns the retry; {@code null} if there is none. */
    Retry retry() {
        return retry;
    }

    /** Returns whether an attempt or a fallback may run on a thread that completed a stage. */
    boolean runsApplicationLater() {
        return retry != null || (fallback != null && fallback.recovers());
    }

    /** Returns the scheduler, for calls of which {@link #runsApplicationLater}. */
    Scheduler scheduler() {
        return scheduler;
    }

    /**
     * Returns whether nothing follows the call: neither an attempt, nor a fallback, nor the limit of a stage, nor a
     * caller that must not go on before the breaker has counted.
     */
    boolean isCalledOnce() {
        return calledOnce;
    }

    /**
     * Returns the key of a call's last good value; {@code null} if none is kept. Must be called before the first
     * attempt, which may change the arguments.
     */
    ArgumentKey key(C context) {
        return fallback == null ? null : fallback.key(context);
    }

    /** Begins a call; returns its start time, for {@link #waitNanos}. */
    long begin() {
        return retry == null ? 0 : retry.begin();
    }

    // ---- an attempt

    /** Runs a call or an attempt under the breaker and the limit, if there are any. */
    Object guarded(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (limit != null) {
            return limited(admit(), invocation, context);
        }
        if (breaker == null) {
            return invocation.proceed(context);
        }
        return kind == ResultKind.PLAIN ? breaker.call(invocation, context) : breaker.callAsync(invocation, context);
    }

    private Object limited(StageOutcome outcome, Invocation<? super C, ?> invocation, C context) throws Exception {
        Object result;
        try {
            result = outcome.run(invocation, context);
        } catch (Throwable thrown) {
            // also where the call did not begin, as on a stack that is full; only the first end counts
            outcome.accept(null, thrown);
            throw thrown;
        }
        // has ended by now, unless the result is a stage against its declared type
        outcome.accept(result, null);
        return result;
    }

    /**
     * Begins an attempt, under the breaker if there is one.
     *
     * @throws CircuitOpenException if the breaker rejects it
     */
    StageOutcome admit() {
        return limit == null ? new StageOutcome(breaker) : limit.admit(breaker);
    }

    /** Runs an attempt that {@link #admit} began. */
    Object run(StageOutcome outcome, Invocation<? super C, ?> invocation, C context) throws Exception {
        try {
            return RunningAttempt.run(retry, each -> outcome.run(invocation, each), context);
        } catch (Throwable thrown) {
            // also where the call did not begin, as on a stack that is full; only the first end counts
            outcome.accept(null, thrown);
            throw thrown;
        }
    }

    // ---- another attempt

    /** Attaches the failure of the previous attempt, {@code null} for none, to the rejection of the next one. */
    void attachPrevious(Throwable thrown, Throwable previous) {
        if (thrown instanceof CircuitOpenException && previous != null) {
            Suppressed.add(thrown, previous);
        }
    }

    /** Returns whether the transaction allows another attempt. Asked only about failures that would be retried. */
    boolean mayRepeat(Throwable thrown) {
        return thrown == null || retry == null || !retry.isRetried(thrown) || transaction.allowsRetry();
    }

    /** Returns the nanoseconds until the next attempt, or {@link Retry#NO}. */
    long waitNanos(Object value, Throwable thrown, int attempt, long started) {
        if (retry == null
                || !retry.isEnabled()
                || (thrown != null && Thread.currentThread().isInterrupted())) {
            return Retry.NO;
        }
        // the last failure is more useful to the caller than a rejection after another wait
        CircuitOpenException rejection =
                thrown == null || breaker == null || retry.retriesRejections() ? null : breaker.rejection();
        if (rejection != null) {
            if (!(thrown instanceof CircuitOpenException)) {
                Suppressed.add(thrown, rejection);
            }
            return Retry.NO;
        }
        return thrown == null ? retry.returned(value, attempt, started, 0) : retry.threw(thrown, attempt, started, 0);
    }

    // ---- the result

    /** Stores the value of a call as a good one, unless a rule judges it a failure. */
    void succeeded(ArgumentKey key, Object value) {
        if (key != null
                && (breaker == null || !breaker.failureRule().refuses(value))
                && (retryRule == null || !retryRule.refuses(value))) {
            fallback.succeeded(key, value);
        }
    }

    /** Returns whether there is a fallback that applies to a failure. The methods below need one. */
    boolean mayReplace(Throwable thrown) {
        return fallback != null && fallback.appliesTo(thrown);
    }

    /** Undoes what a method did in a transaction that outlives the guard, as a fallback may replace its failure. */
    void undo(Throwable thrown) {
        if (breaker == null || !breaker.hasRejected(thrown)) {
            transaction.replaced(thrown);
        }
    }

    /** Returns the last good value, or {@link Recovery#NOTHING}. */
    Object lastGood(ArgumentKey key) {
        Object value = fallback.lastGood(key);
        if (value != Recovery.NOTHING) {
            countFallback();
        }
        return value;
    }

    /**
     * Returns the value of the fallback's method or handler, or {@link Recovery#NOTHING}. {@link #recovered} must be
     * called when the value is complete.
     */
    Object recover(C context, Throwable thrown, int attempts) throws Exception {
        return fallback.recover(context, thrown, attempts);
    }

    /**
     * Records that the value of the fallback's method or handler is complete.
     *
     * @param another the failure of that value; {@code null} if it succeeded
     */
    void recovered(Throwable thrown, Throwable another) {
        if (another == null) {
            fallback.handled();
            countFallback();
        } else {
            fallback.failed(another, thrown);
        }
    }

    private void countFallback() {
        if (breaker != null) {
            breaker.fallbackUsed();
        }
    }
}
