package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What stands around calls, made in code: {@code fallback(retry(breaker(call)))}, each where it is wanted, as
 * {@link FallingBack}, {@link Retrying} and {@link CircuitBreaking} put it around a method. Each layer has its MBean,
 * and what is configured for its name, or saved, holds as for those of annotations. Safe for use by many threads.
 *
 * @param <T> what the calls answer; where they are asynchronous, what their stages complete with
 * @see CircuitBreakers#guard
 * @since 0.1
 */
public interface Guard<T> extends AutoCloseable {
    /** What its layers are called. */
    String name();

    /**
     * Runs {@code action} under the layers, again if it is retried. Calls without a key share one last good value.
     *
     * @throws CircuitOpenException if the breaker does not admit it and nothing stands in
     * @throws Exception what {@code action}, or what stood in for it, threw at last, unchanged
     */
    T call(Callable<? extends T> action) throws Exception;

    /**
     * Runs {@code action} under the layers, otherwise like {@link #call(Callable)}.
     *
     * @param key what its good value is kept by, and the one parameter of the {@link FailedCall}; needs {@code equals}
     *     and {@code hashCode}, and may be {@code null}
     * @throws CircuitOpenException if the breaker does not admit it and nothing stands in
     * @throws Exception what {@code action}, or what stood in for it, threw at last, unchanged
     */
    T call(Object key, Callable<? extends T> action) throws Exception;

    /**
     * Starts {@code action} under the layers; its stage is judged when it completes, and no thread is held between
     * attempts. With a retry or a fallback the caller gets another stage than {@code action} answered, and cancelling
     * that cancels the attempt that is running. Calls without a key share one last good value.
     *
     * @return a stage that failed with {@link CircuitOpenException} if the breaker does not admit the call and nothing
     *     stands in
     */
    CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> action);

    /**
     * Starts {@code action} under the layers, otherwise like {@link #callAsync(Supplier)}.
     *
     * @param key as in {@link #call(Object, Callable)}
     */
    CompletionStage<T> callAsync(Object key, Supplier<? extends CompletionStage<T>> action);

    /** Its breaker, which it may share with others of its name; empty if it has none. */
    Optional<CircuitBreaker> breaker();

    /** Its retries, which it may share with others of its name; empty if it has none. */
    Optional<Retries> retries();

    /** Its fallback; empty if it has none. */
    Optional<Fallbacks> fallbacks();

    /**
     * Removes its layers and their MBeans, but for a breaker or retries that something else of its name uses. Calls
     * under it go on as before. May be called more than once.
     */
    @Override
    void close();

    /**
     * Collects the layers of a guard. Each is absent until it is asked for; what is asked for twice is as asked last.
     * Not safe for use by several threads at a time.
     *
     * @param <T> what the calls answer
     * @since 0.1
     */
    interface Builder<T> {
        /** A breaker for which every throwable is a failure. */
        default Builder<T> breaker(BreakerSettings settings) {
            return breaker(settings, FailureRule.ANY);
        }

        /**
         * A breaker.
         *
         * @param rule what counts as a failure
         */
        Builder<T> breaker(BreakerSettings settings, FailureRule rule);

        /** Retries after every {@link Exception} but {@link CircuitOpenException}, as {@link Retrying} does. */
        Builder<T> retry(RetrySettings settings);

        /**
         * Retries.
         *
         * @param rule what is followed by a retry; {@link CircuitOpenException} only if it is named itself
         */
        Builder<T> retry(RetrySettings settings, FailureRule rule);

        /**
         * What stands in for failed calls, or where there is no last good value.
         *
         * @param handler answers the value itself, also for asynchronous calls; called by many threads
         */
        Builder<T> fallback(FallbackHandler<? extends T> handler);

        /**
         * The last result for the same key stands in for failed calls. Needs Caffeine
         * ({@code com.github.ben-manes.caffeine:caffeine}) on the class path.
         */
        Builder<T> lastGood();

        /** The settings of handler and last good values; by default {@link FallbackSettings#defaults}. */
        Builder<T> fallbackSettings(FallbackSettings settings);

        /**
         * What handler and last good values stand in for; by default every throwable. Interruption and cancellation
         * never.
         *
         * @param rule without {@link FailureRule#failWhen}, as a result that is a failure reaches the caller
         */
        Builder<T> fallbackOn(FailureRule rule);

        /**
         * Makes the guard and the MBeans of its layers. A breaker or retries that there are already by its name are
         * shared, provided that they were made from the same.
         *
         * @throws IllegalArgumentException if the name, or what is configured for it, cannot be used; if it is that of
         *     a breaker or retries made from something else, or of a fallback; if there is nothing to guard with; if
         *     last good values are wanted and Caffeine is absent. Names all that is wrong, and nothing is made then
         */
        Guard<T> build();
    }
}
