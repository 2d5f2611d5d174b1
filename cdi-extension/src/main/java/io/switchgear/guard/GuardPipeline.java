// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.Permit;
import io.switchgear.breaker.StageOutcome;
import io.switchgear.time.Scheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * Runs the calls of one method through its layers, {@code fallback(retry(breaker(limit(bulkhead(call)))))}, as its
 * return type requires; each layer is optional. Every attempt is one outcome for the breaker.
 *
 * @param <C> the context of a call, such as an interceptor's context
 */
public final class GuardPipeline<C> {
    private enum ResultKind {
        /** Judged on return. */
        PLAIN,
        /** Judged by the object that is returned, on completion if it is a stage; a rejection is thrown. */
        ASYNCHRONOUS,
        /** Judged on completion; a rejection is a failed stage, where asynchronous callers expect failures. */
        STAGE;

        static ResultKind of(Class<?> type) {
            if (type == CompletionStage.class || type == CompletableFuture.class) {
                return STAGE;
            }
            // a method that returns any object may return a stage; where the types are unrelated, that costs nothing
            return type == Object.class
                            || CompletionStage.class.isAssignableFrom(type)
                            || Future.class.isAssignableFrom(type)
                    ? ASYNCHRONOUS
                    : PLAIN;
        }
    }

    private final ResultKind kind;
    private final Breaker breaker;
    private final TimeLimit limit;
    private final Retry retry;
    private final Fallback<? super C> fallback;
    private final Scheduler scheduler;
    private final TransactionRule transaction;
    // null without a retry
    private final FailureRule retryRule;
    private final GuardPipeline<C> withinAttempt;
    private final Bulkhead bulkhead;
    // null if attempts run on the thread of the caller
    private Offload offload;

    /** Creates a pipeline without a time limit and a bulkhead. */
    public GuardPipeline(
            Class<?> returnType,
            Breaker breaker,
            Retry retry,
            Fallback<? super C> fallback,
            Scheduler scheduler,
            TransactionRule transaction) {
        this(returnType, breaker, null, null, retry, fallback, scheduler, transaction);
    }

    /** Creates a pipeline without a bulkhead. */
    public GuardPipeline(
            Class<?> returnType,
            Breaker breaker,
            TimeLimit limit,
            Retry retry,
            Fallback<? super C> fallback,
            Scheduler scheduler,
            TransactionRule transaction) {
        this(returnType, breaker, limit, null, retry, fallback, scheduler, transaction);
    }

    /** Creates a pipeline without a time limit. */
    public GuardPipeline(
            Class<?> returnType,
            Breaker breaker,
            Bulkhead bulkhead,
            Retry retry,
            Fallback<? super C> fallback,
            Scheduler scheduler,
            TransactionRule transaction) {
        this(returnType, breaker, null, bulkhead, retry, fallback, scheduler, transaction);
    }

    /**
     * Creates a pipeline of these layers, {@code null} for those that are absent.
     *
     * @param returnType the return type of the method
     * @param scheduler used only with a retry, or a bulkhead
     * @param transaction used only for calls that fail
     */
    public GuardPipeline(
            Class<?> returnType,
            Breaker breaker,
            TimeLimit limit,
            Bulkhead bulkhead,
            Retry retry,
            Fallback<? super C> fallback,
            Scheduler scheduler,
            TransactionRule transaction) {
        this.kind = ResultKind.of(returnType);
        this.breaker = breaker;
        this.limit = limit;
        this.bulkhead = bulkhead;
        this.retry = retry;
        this.fallback = fallback;
        // a call without a retry never continues on another thread
        this.scheduler = retry == null && bulkhead == null ? null : scheduler;
        this.transaction = transaction;
        this.retryRule = retry == null ? null : retry.rule();
        this.withinAttempt = retry == null ? null : new GuardPipeline<>(this);
    }

    /** Creates the pipeline of the calls within an attempt of the same retry: the same layers without the retry. */
    private GuardPipeline(GuardPipeline<C> around) {
        this.kind = around.kind;
        this.breaker = around.breaker;
        this.limit = around.limit;
        this.bulkhead = around.bulkhead;
        this.retry = null;
        this.fallback = around.fallback;
        this.scheduler = around.scheduler;
        this.transaction = around.transaction;
        this.retryRule = around.retryRule;
        this.withinAttempt = null;
    }

    /** Runs each attempt on another thread from now on. Must be called before the first call. */
    public GuardPipeline<C> offload(Offload to) {
        offload = to;
        return this;
    }

    /** Returns whether there is a breaker. */
    public boolean hasBreaker() {
        return breaker != null;
    }

    /** Returns whether there is a time limit. */
    public boolean hasLimit() {
        return limit != null;
    }

    /** Returns whether there is a retry. */
    public boolean hasRetry() {
        return retry != null;
    }

    /**
     * Grants a permit for one call that ends on this thread, for callers that run it themselves. Returns {@code null}
     * if they have to use {@link #call}.
     */
    public Permit acquire() {
        return kind == ResultKind.PLAIN
                        && limit == null
                        && bulkhead == null
                        && retry == null
                        && fallback == null
                        && breaker != null
                ? breaker.enter()
                : null;
    }

    /**
     * Runs {@code invocation} on {@code context}.
     *
     * @throws CircuitOpenException if the breaker rejects the call, no fallback applies, and the method returns no
     *     stage
     * @throws Exception the exception of the invocation or the fallback, unchanged
     */
    public Object call(Invocation<? super C, ?> invocation, C context) throws Exception {
        return offload == null ? guardedCall(invocation, context) : offload.call(this, invocation, context);
    }

    /** Runs a call through all layers. */
    Object guardedCall(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (retry != null && retry.isRunningHere()) {
            return withinAttempt.guardedCall(invocation, context);
        }
        return bulkhead == null ? layered(invocation, context) : layered(within(invocation), context);
    }

    /** Returns {@code invocation} within the bulkhead, the innermost layer. */
    private Invocation<C, ?> within(Invocation<? super C, ?> invocation) {
        if (kind != ResultKind.STAGE) {
            return context -> bulkhead.run(invocation, context);
        }
        // with the container's context of the caller, if it begins later on another thread
        return context -> {
            Executor callerContext = scheduler.currentContext();
            return bulkhead.runAsync(
                    invocation, context, task -> scheduler.threads().execute(() -> callerContext.execute(task)));
        };
    }

    private Object layered(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (kind != ResultKind.STAGE) {
            return isCalledOnce() ? guarded(invocation, context) : attempts(invocation, context);
        }
        if (isCalledOnce()) {
            return stage(invocation, context);
        }
        CompletionStage<Object> result = new AsyncCall<>(this, invocation, context).started();
        return result;
    }

    /**
     * Returns whether nothing follows the call: neither an attempt, nor a fallback, nor the limit of a stage, nor a
     * caller that must not go on before the breaker has counted.
     */
    private boolean isCalledOnce() {
        return retry == null && fallback == null && offload == null && (limit == null || kind == ResultKind.PLAIN);
    }

    /** Runs a call or an attempt under the breaker and the limit, if there are any. */
    private Object guarded(Invocation<? super C, ?> invocation, C context) throws Exception {
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

    private Object stage(Invocation<? super C, ?> invocation, C context) throws Exception {
        try {
            return guarded(invocation, context);
        } catch (CircuitOpenException rejected) {
            CompletionStage<Object> failed = CompletableFuture.failedFuture(rejected);
            return failed;
        }
    }

    private Object attempts(Invocation<? super C, ?> invocation, C context) throws Exception {
        ArgumentKey key = key(context);
        long started = begin();
        Throwable previous = null;
        for (int attempt = 1; true; attempt++) {
            Object value = null;
            Throwable thrown = null;
            try {
                if (kind == ResultKind.PLAIN) {
                    value = RunningAttempt.run(retry, each -> guarded(invocation, each), context);
                } else {
                    StageOutcome outcome = admit();
                    value = run(outcome, invocation, context);
                    if (value instanceof CompletionStage<?> stage) {
                        CompletionStage<Object> continued =
                                new AsyncCall<>(this, invocation, context).continued(started, attempt, stage, outcome);
                        return continued;
                    }
                    outcome.returned(value);
                }
            } catch (Throwable failure) {
                thrown = failure;
            }
            attachPrevious(thrown, previous);
            previous = thrown;
            long wait = mayRepeat(thrown) ? waitNanos(value, thrown, attempt, started) : Retry.NO;
            if (wait == Retry.NO) {
                return outcome(context, key, value, thrown, attempt);
            }
            try {
                scheduler.pause(wait);
            } catch (Throwable stopped) {
                retry.withdraws();
                if (stopped instanceof InterruptedException) {
                    // an interrupted caller should return, not wait for another attempt
                    Thread.currentThread().interrupt();
                }
                if (thrown == null) {
                    return value;
                }
                Suppressed.add(thrown, stopped);
                throw GuardPipeline.<RuntimeException>unchanged(thrown);
            }
            if (!retry.repeats(started)) {
                return outcome(context, key, value, thrown, attempt);
            }
        }
    }

    /** Returns whether the transaction allows another attempt. Asked only about failures that would be retried. */
    private boolean mayRepeat(Throwable thrown) {
        return thrown == null || retry == null || !retry.isRetried(thrown) || transaction.allowsRetry();
    }

    private Object outcome(C context, ArgumentKey key, Object value, Throwable thrown, int attempts) throws Exception {
        if (thrown == null) {
            succeeded(key, value);
            return value;
        }
        // once, as its settings may change meanwhile: what is replaced must be undone
        boolean replaced = mayReplace(thrown);
        Object substitute = Recovery.NOTHING;
        try {
            substitute = replaced ? substitute(context, key, thrown, attempts) : Recovery.NOTHING;
        } finally {
            if (replaced) {
                // after the fallback, which could read nothing in a transaction that is marked for rollback
                undo(thrown);
            }
        }
        if (substitute == Recovery.NOTHING) {
            throw GuardPipeline.<RuntimeException>unchanged(thrown);
        }
        return substitute;
    }

    private Object substitute(C context, ArgumentKey key, Throwable thrown, int attempts) throws Exception {
        Object substitute = lastGood(key);
        if (substitute == Recovery.NOTHING) {
            substitute = recover(context, thrown, attempts);
            if (substitute != Recovery.NOTHING) {
                recovered(thrown, null);
            }
        }
        return substitute;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // hides a checked exception from the compiler
    private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
        throw (X) thrown;
    }

    // ---- the steps of a call

    /**
     * Returns the key of a call's last good value; {@code null} if none is kept. Must be called before the first
     * attempt, which may change the arguments.
     */
    ArgumentKey key(C context) {
        return fallback == null ? null : fallback.key(context);
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

    /** Attaches the failure of the previous attempt, {@code null} for none, to the rejection of the next one. */
    void attachPrevious(Throwable thrown, Throwable previous) {
        if (thrown instanceof CircuitOpenException && previous != null) {
            Suppressed.add(thrown, previous);
        }
    }

    /** Begins a call; returns its start time, for {@link #waitNanos}. */
    long begin() {
        return retry == null ? 0 : retry.begin();
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

    /** Returns the retry; {@code null} if there is none. */
    Retry retry() {
        return retry;
    }

    /** Returns the scheduler; {@code null} without a retry. */
    Scheduler scheduler() {
        return scheduler;
    }

    /** Stores the value of a call as a good one, unless a rule judges it a failure. */
    void succeeded(ArgumentKey key, Object value) {
        if (key != null
                && (breaker == null || !breaker.failureRule().refuses(value))
                && (retryRule == null || !retryRule.refuses(value))) {
            fallback.succeeded(key, value);
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
