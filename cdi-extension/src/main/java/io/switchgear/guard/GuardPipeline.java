package io.switchgear.guard;

import io.switchgear.CircuitOpenException;
import io.switchgear.breaker.Breaker;
import io.switchgear.breaker.Invocation;
import io.switchgear.breaker.Permit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Runs the calls of one method under what stands around it, in the way that its return type asks for: fallback(retry(
 * breaker(call))), each where there is one. Every attempt is one outcome for the breaker.
 *
 * @param <C> what is known of a call, such as an interceptor's context
 */
public final class GuardPipeline<C> {
    private enum Result {
        /** Judged on return. */
        PLAIN,
        /** Judged on completion; a rejection is thrown. */
        ASYNCHRONOUS,
        /** Judged on completion; a rejection is a failed future, as asynchronous callers look for failures there. */
        STAGE;

        static Result of(Class<?> type) {
            if (type == CompletionStage.class || type == CompletableFuture.class) {
                return STAGE;
            }
            return CompletionStage.class.isAssignableFrom(type) || type == Future.class ? ASYNCHRONOUS : PLAIN;
        }
    }

    private final Result kind;
    private final Breaker breaker;
    private final Retry retry;
    private final Fallback<? super C> fallback;
    private final Scheduler delay;

    /**
     * Layers, {@code null} for those that are absent.
     *
     * @param returnType the return type of the method
     * @param delay needed where there is a retry
     */
    public GuardPipeline(
            Class<?> returnType, Breaker breaker, Retry retry, Fallback<? super C> fallback, Scheduler delay) {
        this.kind = Result.of(returnType);
        this.breaker = breaker;
        this.retry = retry;
        this.fallback = fallback;
        // what nobody waits for need not know where it came from
        this.delay = retry == null ? null : delay;
    }

    /** The right to run one call for those who run it themselves; {@code null} if only {@link #call} will do. */
    public Permit acquire() {
        return kind == Result.PLAIN && retry == null && fallback == null ? breaker.acquire() : null;
    }

    /**
     * Runs {@code invocation} on {@code context}.
     *
     * @throws CircuitOpenException if the breaker rejects the call, nothing stands in, and the method returns no stage
     * @throws Exception what the invocation or what stands in for it threw, unchanged
     */
    public Object call(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (kind != Result.STAGE) {
            return retry == null && fallback == null ? attempt(invocation, context) : attempts(invocation, context);
        }
        if (retry == null && fallback == null) {
            return stage(invocation, context);
        }
        CompletionStage<Object> result = new AsyncCall<>(this, invocation, context).started();
        return result;
    }

    /** Once, under the breaker if there is one. */
    Object attempt(Invocation<? super C, ?> invocation, C context) throws Exception {
        if (breaker == null) {
            return invocation.proceed(context);
        }
        return kind == Result.PLAIN ? breaker.call(invocation, context) : breaker.callAsync(invocation, context);
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
            long wait = wait(value, thrown, attempt, started);
            if (wait == Retry.NO) {
                return outcome(context, key, value, thrown, attempt);
            }
            try {
                delay.pause(wait);
            } catch (InterruptedException interruption) {
                // who was interrupted wants to go, not to wait for another answer
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
        Object substitute = kept(key, thrown);
        if (substitute != Recovery.NOTHING) {
            return substitute;
        }
        substitute = recovered(context, thrown, attempts);
        if (substitute == Recovery.NOTHING) {
            throw GuardPipeline.<RuntimeException>unchanged(thrown);
        }
        recovered(thrown, null);
        return substitute;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler is told of another type
    private static <X extends Throwable> X unchanged(Throwable thrown) throws X {
        throw (X) thrown;
    }

    // ---- the parts of a call, for those who run it step by step

    /** What a good value is kept by, to be asked for before the first attempt; {@code null} if none is kept. */
    LastGoodValues.Key key(C context) {
        return fallback == null ? null : fallback.key(context);
    }

    /** Answers what {@link #wait} has to be given. */
    long begin() {
        return retry == null ? 0 : retry.begin();
    }

    /** Nanoseconds until the next attempt, or {@link Retry#NO}. */
    long wait(Object value, Throwable thrown, int attempt, long started) {
        if (retry == null || (thrown != null && Thread.currentThread().isInterrupted())) {
            return Retry.NO;
        }
        // the last real failure says more than the rejection that would follow, and nobody waits for that
        if (thrown != null && breaker != null && breaker.rejectsNow() && !retry.retriesRejections()) {
            return Retry.NO;
        }
        return thrown == null ? retry.returned(value, attempt, started, 0) : retry.threw(thrown, attempt, started, 0);
    }

    Scheduler delay() {
        return delay;
    }

    /** A value that was refused by a rule is what the caller gets, but no good one. */
    void succeeded(LastGoodValues.Key key, Object value) {
        if (key != null
                && (breaker == null || !breaker.failureRule().refuses(value))
                && (retry == null || !retry.rule().refuses(value))) {
            fallback.succeeded(key, value);
        }
    }

    /** The good value that was kept, or {@link Recovery#NOTHING}. */
    Object kept(LastGoodValues.Key key, Throwable thrown) {
        if (fallback == null || !fallback.isFor(thrown)) {
            return Recovery.NOTHING;
        }
        Object value = fallback.kept(key);
        if (value != Recovery.NOTHING) {
            stoodIn();
        }
        return value;
    }

    /**
     * What else stands in, or {@link Recovery#NOTHING}. If it does, {@link #recovered(Throwable, Throwable)} follows.
     */
    Object recovered(C context, Throwable thrown, int attempts) throws Exception {
        return fallback == null || !fallback.isFor(thrown)
                ? Recovery.NOTHING
                : fallback.recovered(context, thrown, attempts);
    }

    /**
     * What stood in has completed.
     *
     * @param another how it failed; {@code null} if it did not
     */
    void recovered(Throwable thrown, Throwable another) {
        if (another == null) {
            fallback.stoodIn();
            stoodIn();
        } else {
            fallback.failedToo(another, thrown);
        }
    }

    private void stoodIn() {
        if (breaker != null) {
            breaker.stoodIn();
        }
    }
}
