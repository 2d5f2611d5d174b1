package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.Permit;
import io.switchgear.time.Scheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Runs the calls of one method under its layers, as its return type demands: fallback(retry(breaker(call))), each where
 * there is one. Every attempt is one outcome for the breaker.
 *
 * @param <C> what is known of a call, such as an interceptor's context
 */
public final class GuardPipeline<C> {
    private enum ResultKind {
        /** Judged on return. */
        PLAIN,
        /** Judged on completion; a rejection is thrown. */
        ASYNCHRONOUS,
        /** Judged on completion; a rejection is a failed stage, as asynchronous callers look for failures there. */
        STAGE;

        static ResultKind of(Class<?> type) {
            if (type == CompletionStage.class || type == CompletableFuture.class) {
                return STAGE;
            }
            return CompletionStage.class.isAssignableFrom(type) || type == Future.class ? ASYNCHRONOUS : PLAIN;
        }
    }

    private final ResultKind kind;
    private final Breaker breaker;
    private final Retry retry;
    private final Fallback<? super C> fallback;
    private final Scheduler scheduler;

    /**
     * Creates a pipeline of these layers, {@code null} for those that are absent.
     *
     * @param returnType the return type of the method
     * @param scheduler used where there is a retry
     */
    public GuardPipeline(
            Class<?> returnType, Breaker breaker, Retry retry, Fallback<? super C> fallback, Scheduler scheduler) {
        this.kind = ResultKind.of(returnType);
        this.breaker = breaker;
        this.retry = retry;
        this.fallback = fallback;
        // a call without a retry needs no context to come back to
        this.scheduler = retry == null ? null : scheduler;
    }

    /**
     * Grants the right to run one call, for callers that run it themselves; returns {@code null} if only {@link #call}
     * will do.
     */
    public Permit acquire() {
        return kind == ResultKind.PLAIN && retry == null && fallback == null ? breaker.acquire() : null;
    }

    /**
     * Runs {@code invocation} on {@code context}.
     *
     * @throws CircuitOpenException if the breaker rejects the call, no fallback applies, and the method returns no
     *     stage
     * @throws Exception what the invocation or the fallback threw, unchanged
     */
    public Object call(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (kind != ResultKind.STAGE) {
            return retry == null && fallback == null ? attempt(invocation, context) : attempts(invocation, context);
        }
        if (retry == null && fallback == null) {
            return stage(invocation, context);
        }
        CompletionStage<Object> result = new AsyncCall<>(this, invocation, context).started();
        return result;
    }

    /** Runs one attempt, under the breaker if there is one. */
    Object attempt(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (breaker == null) {
            return invocation.proceed(context);
        }
        return kind == ResultKind.PLAIN ? breaker.call(invocation, context) : breaker.callAsync(invocation, context);
    }

    private Object stage(Invocation<? super C, ?> invocation, C context) throws Exception {
        try {
            return attempt(invocation, context);
        } catch (CircuitOpenException rejected) {
            CompletionStage<Object> failed = CompletableFuture.failedFuture(rejected);
            return failed;
        }
    }

    private Object attempts(Invocation<? super C, ?> invocation, C context) throws Exception {
        LastGoodValues.Key key = key(context);
        long started = begin();
        for (int attempt = 1; true; attempt++) {
            Object value = null;
            Throwable thrown = null;
            try {
                value = attempt(invocation, context);
            } catch (Throwable failure) {
                thrown = failure;
            }
            long wait = waitNanos(value, thrown, attempt, started);
            if (wait == Retry.NO) {
                return outcome(context, key, value, thrown, attempt);
            }
            try {
                scheduler.pause(wait);
            } catch (InterruptedException interruption) {
                // an interrupted caller wants to leave, not to wait for another attempt
                Thread.currentThread().interrupt();
                if (thrown == null) {
                    return value;
                }
                thrown.addSuppressed(interruption);
                throw GuardPipeline.<RuntimeException>unchanged(thrown);
            }
        }
    }

    private Object outcome(C context, LastGoodValues.Key key, Object value, Throwable thrown, int attempts)
            throws Exception {
        if (thrown == null) {
            succeeded(key, value);
            return value;
        }
        Object substitute = lastGood(key, thrown);
        if (substitute != Recovery.NOTHING) {
            return substitute;
        }
        substitute = recover(context, thrown, attempts);
        if (substitute == Recovery.NOTHING) {
            throw GuardPipeline.<RuntimeException>unchanged(thrown);
        }
        recovered(thrown, null);
        return substitute;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // hides a checked exception from the compiler
    private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
        throw (X) thrown;
    }

    // ---- the parts of a call, for those that run it step by step

    /**
     * Returns the key that a good value is kept by; {@code null} if none is kept. To be called before the first
     * attempt, which may change the arguments.
     */
    LastGoodValues.Key key(C context) {
        return fallback == null ? null : fallback.key(context);
    }

    /** Begins a call; returns what {@link #waitNanos} takes. */
    long begin() {
        return retry == null ? 0 : retry.begin();
    }

    /** Returns the nanoseconds until the next attempt, or {@link Retry#NO}. */
    long waitNanos(Object value, Throwable thrown, int attempt, long started) {
        if (retry == null || (thrown != null && Thread.currentThread().isInterrupted())) {
            return Retry.NO;
        }
        // the last failure says more than the rejection that would follow, and needs no wait
        if (thrown != null && breaker != null && breaker.rejectsNow() && !retry.retriesRejections()) {
            return Retry.NO;
        }
        return thrown == null ? retry.returned(value, attempt, started, 0) : retry.threw(thrown, attempt, started, 0);
    }

    /** Returns the scheduler; {@code null} without a retry. */
    Scheduler scheduler() {
        return scheduler;
    }

    /** Keeps the value of a call, unless a rule refuses it: then it is the caller's result, but no good one. */
    void succeeded(LastGoodValues.Key key, Object value) {
        if (key != null
                && (breaker == null || !breaker.failureRule().refuses(value))
                && (retry == null || !retry.rule().refuses(value))) {
            fallback.succeeded(key, value);
        }
    }

    /** Returns the good value that was kept, or {@link Recovery#NOTHING}. */
    Object lastGood(LastGoodValues.Key key, Throwable thrown) {
        if (fallback == null || !fallback.appliesTo(thrown)) {
            return Recovery.NOTHING;
        }
        Object value = fallback.lastGood(key);
        if (value != Recovery.NOTHING) {
            countFallback();
        }
        return value;
    }

    /**
     * Returns the value of the fallback's method or handler, or {@link Recovery#NOTHING}. When the value is complete,
     * {@link #recovered} has to be called.
     */
    Object recover(C context, Throwable thrown, int attempts) throws Exception {
        return fallback == null || !fallback.appliesTo(thrown)
                ? Recovery.NOTHING
                : fallback.recover(context, thrown, attempts);
    }

    /**
     * Records that the value of the fallback's method or handler is complete.
     *
     * @param another how it failed; {@code null} if it did not
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
