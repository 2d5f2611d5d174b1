// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Layers around calls, built in code: {@code fallback(retry(breaker(limit(bulkhead(call)))))}, each of them optional.
 * They act as those of {@link FallingBack}, {@link Retrying}, {@link CircuitBreaking} and {@link TimeLimiting} do
 * around a method. Each layer has an MBean, and configured and saved settings of its name apply. Safe for use by many
 * threads.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @param <T> the result type of the calls; for asynchronous calls, that of their stages
 * @see CircuitBreakers#guard
 * @since 0.1
 */
public interface Guard<T> extends AutoCloseable {
    /** Returns the name of the layers. */
    String name();

    /**
     * Runs {@code action} under the layers, once or, if it is retried, several times. Calls without a key share one
     * last good value.
     *
     * @return the result of {@code action} or of the fallback
     * @throws CircuitOpenException if the breaker rejects the call and no fallback applies
     * @throws TimeLimitExceededException if the last attempt exceeds the time limit and no fallback applies
     * @throws BulkheadFullException if the bulkhead rejects the call and no fallback applies
     * @throws Exception the exception of the last attempt or of the fallback, unchanged
     */
    T call(Callable<? extends T> action) throws Exception;

    /**
     * Runs {@code action} under the layers; otherwise like {@link #call(Callable)}.
     *
     * @param key the key of the call's last good value, and the only parameter of the {@link FailedCall}; a value as
     *     {@link FallingBack#lastGood} describes arguments, or {@code null}
     * @return the result of {@code action} or of the fallback
     * @throws CircuitOpenException if the breaker rejects the call and no fallback applies
     * @throws TimeLimitExceededException if the last attempt exceeds the time limit and no fallback applies
     * @throws Exception the exception of the last attempt or of the fallback, unchanged
     */
    T call(Object key, Callable<? extends T> action) throws Exception;

    /**
     * Starts {@code action} under the layers. Its outcome is judged when the stage completes, and no thread is held
     * between attempts. With retries, a fallback or a time limit the caller gets a different stage from the one that
     * {@code action} returns; cancelling it cancels the running attempt, and an exception with which the caller
     * completes it is judged as that of the attempt. If {@code action} throws, the stage fails; {@code null} is a stage
     * with the value {@code null}. Calls without a key share one last good value.
     *
     * @return a stage with the outcome; it fails with {@link CircuitOpenException} if the breaker rejects the call and
     *     no fallback applies
     */
    CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> action);

    /**
     * Starts {@code action} under the layers; otherwise like {@link #callAsync(Supplier)}.
     *
     * @param key as in {@link #call(Object, Callable)}
     */
    CompletionStage<T> callAsync(Object key, Supplier<? extends CompletionStage<T>> action);

    /** Returns the breaker, possibly shared with other users of its name; empty if there is none. */
    Optional<CircuitBreaker> breaker();

    /** Returns the retries, possibly shared with other users of their name; empty if there are none. */
    Optional<Retries> retries();

    /** Returns the time limit, possibly shared with other users of its name; empty if there is none. */
    Optional<TimeLimits> timeLimits();

    /** Returns the bulkhead; empty if there is none. */
    Optional<Bulkheads> bulkheads();

    /** Returns the fallback; empty if there is none. */
    Optional<Fallbacks> fallbacks();

    /**
     * Removes the layers and their MBeans, except for a breaker, retries or a time limit with other users. Calls still
     * go through the layers. May be called more than once.
     */
    @Override
    void close();

    /**
     * Collects the layers of a guard. Each layer is absent until it is set; if a method is called twice, the last call
     * applies. Not safe for concurrent use.
     *
     * @param <T> the result type of the calls
     * @since 0.1
     */
    interface Builder<T> {
        /** Sets a breaker for which every throwable is a failure. */
        default Builder<T> breaker(BreakerSettings settings) {
            return breaker(settings, FailureRule.ANY);
        }

        /**
         * Sets a breaker.
         *
         * @param rule decides which outcomes are failures
         */
        Builder<T> breaker(BreakerSettings settings, FailureRule rule);

        /**
         * Sets a bulkhead, which limits the calls in flight within the breaker: a call that it rejects fails with
         * {@link BulkheadFullException}, which is an outcome of the breaker, and is retried and replaced like other
         * failures. A call that has to wait for a place does so on the thread of its caller; one that returns a stage
         * waits without a thread, and then begins on another one. It keeps its place until its stage completes.
         *
         * @see BreakerSettings#maxConcurrentCalls()
         */
        Builder<T> bulkhead(BulkheadSettings settings);

        /** Sets retries after every {@link Exception} except {@link CircuitOpenException}, as with {@link Retrying}. */
        Builder<T> retry(RetrySettings settings);

        /**
         * Sets retries.
         *
         * @param rule decides which outcomes are retried; {@link CircuitOpenException} only if {@code failOn} names it
         *     itself
         */
        Builder<T> retry(RetrySettings settings, FailureRule rule);

        /**
         * Sets a time limit for each attempt. A call that exceeds it ends with {@link TimeLimitExceededException}, as
         * with {@link TimeLimiting}.
         */
        Builder<T> timeLimit(TimeLimitSettings settings);

        /**
         * Sets a handler whose result replaces failed calls. With {@link #lastGood} it is used only if there is no last
         * good value.
         *
         * @param handler returns the value itself, for asynchronous calls too; called on many threads
         */
        Builder<T> fallback(FallbackHandler<? extends T> handler);

        /**
         * Lets the last good result for an equal key replace failed calls. Needs Caffeine
         * ({@code com.github.ben-manes.caffeine:caffeine}) on the class path.
         */
        Builder<T> lastGood();

        /** Sets the settings of handler and last good values; default {@link FallbackSettings#defaults}. */
        Builder<T> fallbackSettings(FallbackSettings settings);

        /**
         * Sets the failures to which handler and last good values apply; default every throwable. They apply to
         * rejections, and not to what {@link FailureRule} excepts.
         *
         * @param rule a rule without {@link FailureRule#failWhen}, as a result that is a failure reaches the caller
         */
        Builder<T> fallbackOn(FailureRule rule);

        /**
         * Creates the guard and the MBeans of its layers. An existing breaker, existing retries and an existing time
         * limit of its name are shared, provided that they were created with equal settings and an equal rule.
         *
         * @throws IllegalArgumentException if the name, or a value configured for it, is not valid; if the name belongs
         *     to a different breaker, to different retries, to a different time limit, to a bulkhead or to a fallback;
         *     if no layer was set, or settings or a rule of a fallback without the fallback; if the rule of the
         *     fallback has {@link FailureRule#failWhen}; if {@link #lastGood} was set and Caffeine is absent. The
         *     message names all problems, and nothing is created then
         */
        Guard<T> build();
    }
}
