// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Tunable;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A circuit breaker: runs calls, judges their outcomes, and rejects calls while the service behind it is down. Safe for
 * use by multiple threads.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface CircuitBreaker extends BreakerControl, Tunable<BreakerSettings> {
    /** Returns the rule that decides which outcomes are failures. */
    FailureRule failureRule();

    /**
     * Returns the settings and measured values of this moment. If calls that hang would open the breaker at the next
     * call, they do so now: then its listeners are called on this thread, as on that of a caller. Changes nothing
     * otherwise.
     */
    @Override
    BreakerSnapshot snapshot();

    /**
     * Runs {@code action} if the breaker admits it, and returns its result. A stage is judged when it completes, a
     * future that is done by its outcome; one that is not done counts as neither success nor failure.
     *
     * @throws CircuitOpenException if the breaker rejects the call
     * @throws Exception the exception that {@code action} threw, unchanged
     */
    <T> T call(Callable<? extends T> action) throws Exception;

    /**
     * Runs {@code action} if the breaker admits it. Its exceptions reach the caller unchanged.
     *
     * @throws CircuitOpenException if the breaker rejects the call
     */
    void run(Runnable action);

    /**
     * Starts {@code action} if the breaker admits it, and judges its outcome when the stage completes. The caller gets
     * the very stage that {@code action} returned, so cancelling works as without a breaker. A cancelled call counts as
     * neither success nor failure.
     *
     * @return the stage that {@code action} returned; a stage that failed with {@link CircuitOpenException} or with the
     *     exception that {@code action} threw; a stage with the value {@code null} if it returned {@code null}
     */
    <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> action);

    /**
     * Registers a listener, called once per transition, in order, on a caller's thread, or on a separate one if a time
     * limit caused the transition, and outside any lock. Its exceptions are logged and affect neither callers nor other
     * listeners. Other callers do not wait for a slow listener.
     *
     * @return a handle; run it to remove the listener
     */
    Runnable listen(Consumer<? super CircuitTransition> listener);

    /**
     * Returns controls that act in the name of an author: their changes are reported, logged and shown as made by
     * {@code who}. The author of changes through the methods of the breaker itself is {@code code}.
     *
     * @param who the author's name, shown on one line and shortened to 200 characters
     * @throws IllegalArgumentException if it is blank
     */
    @Override
    BreakerControl by(String who);
}
