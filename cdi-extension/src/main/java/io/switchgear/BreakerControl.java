package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.SettingsControl;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What an operator can do to a breaker while it runs. Every change is told as a {@link CircuitTransition}, with who
 * made it; asking for what already is changes and tells nothing.
 *
 * @see CircuitBreaker#by
 * @since 0.1
 */
public interface BreakerControl extends SettingsControl<BreakerSettings> {
    /**
     * Changes the settings, all at once, with effect from the next outcome or call. State, mode, totals and calls in
     * flight are kept; the change itself causes no change of state. An outcome that comes in at the very moment in
     * which the length of a call window changes may be missing from the window, or stand in it as a success, though not
     * so in the totals.
     *
     * @param change from the settings in force to those wanted; may be run more than once
     * @return the settings in force after it
     * @throws InvalidSettingsException if the outcome is no valid settings; nothing has changed then
     */
    @Override
    BreakerSettings update(UnaryOperator<BreakerSettings> change);

    /**
     * Sets the mode. From {@link BreakerMode#FORCED_OPEN} the breaker goes on by trials: it is HALF_OPEN when that
     * ends.
     *
     * @param time how long; after it the mode is {@link BreakerMode#AUTOMATIC} again. {@code null} for no end
     * @param reason shown beside the mode, on one line of at most 200 characters; may be empty or {@code null}
     * @throws IllegalArgumentException if {@code time} is not positive or is more than a year, or is given with
     *     {@link BreakerMode#AUTOMATIC}, which has no end
     */
    void setMode(BreakerMode mode, Duration time, String reason);

    /** Rejects every call until the mode changes. */
    default void forceOpen(String reason) {
        setMode(BreakerMode.FORCED_OPEN, null, reason);
    }

    /** Admits every call until the mode changes; outcomes are measured, but nothing opens the breaker. */
    default void forceClosed(String reason) {
        setMode(BreakerMode.FORCED_CLOSED, null, reason);
    }

    /** Judges and reports, but rejects nothing, until the mode changes. */
    default void observe(String reason) {
        setMode(BreakerMode.OBSERVING, null, reason);
    }

    /** Ends an override: the breaker decides by its settings again. */
    default void automatic() {
        setMode(BreakerMode.AUTOMATIC, null, "");
    }

    /**
     * Ends a time in OPEN early: the next calls are trials.
     *
     * @return whether it did; {@code false} in another state, and when the breaker is forced open
     */
    boolean halfOpenNow();

    /**
     * Closes the breaker and forgets the outcomes it judged. Ends a forced mode; settings, totals and
     * {@link BreakerMode#OBSERVING} stay.
     */
    void reset();
}
