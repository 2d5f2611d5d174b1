package io.switchgear;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A circuit breaker: runs calls, judges their outcomes, and rejects calls while the service behind it is down. Safe for
 * use by many threads.
 *
 * @since 0.1
 */
public interface CircuitBreaker {
    /** What identifies it in the application. */
    String name();

    /** What counts as a failure. */
    FailureRule failureRule();

    /** All that can be seen of it at this moment. Reading changes nothing. */
    Snapshot snapshot();

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
     * Changes the settings, all at once, with effect from the next outcome or call. State, mode, totals and calls in
     * flight are kept; the change itself causes no transition. An outcome that comes in at the very moment in which the
     * length of a call window changes may be missing from the window, though not from the totals.
     *
     * @param change from the settings in force to those wanted; may be run more than once
     * @return the settings in force after it
     * @throws InvalidSettingsException if the outcome is no valid settings; nothing has changed then
     */
    Settings update(UnaryOperator<Settings> change);

    /**
     * Sets the mode. From {@link Mode#FORCED_OPEN} the breaker goes on by trials: it is HALF_OPEN when that ends.
     *
     * @param time how long; after it the mode is {@link Mode#AUTOMATIC} again. {@code null} for no end
     * @param reason shown beside the mode; may be empty or {@code null}
     * @throws IllegalArgumentException if {@code time} is not positive or is more than a year, or is given with
     *     {@link Mode#AUTOMATIC}, which has no end
     */
    void control(Mode mode, Duration time, String reason);

    /** Rejects every call until the mode changes. */
    default void forceOpen(String reason) {
        control(Mode.FORCED_OPEN, null, reason);
    }

    /** Admits every call until the mode changes; outcomes are measured, but nothing opens the breaker. */
    default void forceClosed(String reason) {
        control(Mode.FORCED_CLOSED, null, reason);
    }

    /** Judges and reports, but rejects nothing, until the mode changes. */
    default void observe(String reason) {
        control(Mode.OBSERVING, null, reason);
    }

    /** Ends an override: the breaker decides by its settings again. */
    default void automatic() {
        control(Mode.AUTOMATIC, null, "");
    }

    /**
     * Ends a time in OPEN early: the next calls are trials. Does nothing in another state, or when it is forced open.
     */
    void halfOpenNow();

    /**
     * Closes the breaker and forgets the outcomes it judged. Ends a forced mode; settings, totals and
     * {@link Mode#OBSERVING} stay.
     */
    void reset();
}
