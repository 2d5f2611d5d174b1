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
 * use by many threads.
 *
 * @since 0.1
 */
public interface CircuitBreaker extends BreakerControl, Tunable<BreakerSettings> {
    /** What counts as a failure. */
    FailureRule failureRule();

    @Override
    BreakerSnapshot snapshot();

    /**
     * Runs {@code action} if the breaker admits it.
     *
     * @throws CircuitOpenException if it does not
     * @throws Exception what {@code action} threw, unchanged
     */
    <T> T call(Callable<? extends T> action) throws Exception;

    /**
     * Runs {@code action} if the breaker admits it.
     *
     * @throws CircuitOpenException if it does not
     */
    void run(Runnable action);

    /**
     * Starts {@code action} if the breaker admits it, and judges its result when it completes. The stage that
     * {@code action} returns is returned itself, so cancelling it works as without a breaker; a cancelled call counts
     * as neither success nor failure.
     *
     * @return what {@code action} returned, or a stage that failed with {@link CircuitOpenException}
     */
    <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> action);

    /**
     * Hears of each transition that has not been told yet, once and in order, on a thread of one of the callers and
     * outside any lock. What it throws is logged and harms nobody; while it takes its time, other callers do not wait
     * for it.
     *
     * @return stops it
     */
    Runnable listen(Consumer<? super CircuitTransition> listener);

    /**
     * The controls in the hands of somebody: what is done through them is told, logged and shown as theirs. The methods
     * of the breaker itself stand for the application's code.
     *
     * @param who as it is to be shown; shortened to 200 characters on one line
     * @throws IllegalArgumentException if it is blank
     */
    @Override
    BreakerControl by(String who);
}
