// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.SettingsControl;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Controls a running breaker. Every change is reported as a {@link CircuitTransition}, with its author. Except for
 * {@link #reset}, a request for what is already in force changes nothing and is not reported.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @see CircuitBreaker#by
 * @since 0.1
 */
public interface BreakerControl extends SettingsControl<BreakerSettings> {
    /**
     * Changes the settings atomically, with effect from the next call or outcome. State, mode, totals and calls in
     * flight are kept, and the change itself never changes the state.
     *
     * <p>An outcome that arrives while the length of a call window changes may be missing from the window, or be
     * counted there as a success. The totals are exact even then.
     *
     * @param change returns the new settings, given those in force; may be called more than once
     * @return the settings in force after the change
     * @throws InvalidSettingsException if {@code change} creates settings that are not valid; nothing has changed then
     */
    @Override
    BreakerSettings update(UnaryOperator<BreakerSettings> change);

    /**
     * Sets the mode. A breaker that leaves {@link BreakerMode#FORCED_OPEN} for {@link BreakerMode#AUTOMATIC} or
     * {@link BreakerMode#OBSERVING} is HALF_OPEN: trials decide whether it closes.
     *
     * @param mode the new mode
     * @param time how long the mode lasts, at most 365 days; then the mode is {@link BreakerMode#AUTOMATIC} again.
     *     {@code null} for no end
     * @param reason shown beside the mode, on one line, shortened to 200 characters; may be empty or {@code null}
     * @throws IllegalArgumentException if {@code time} is not positive or exceeds 365 days, or is given with
     *     {@link BreakerMode#AUTOMATIC}, which has no end
     */
    void setMode(BreakerMode mode, Duration time, String reason);

    /** Rejects every call until the mode changes. Sets the mode {@link BreakerMode#FORCED_OPEN} without an end. */
    default void forceOpen(String reason) {
        setMode(BreakerMode.FORCED_OPEN, null, reason);
    }

    /**
     * Admits every call until the mode changes. Outcomes are measured, but nothing opens the breaker. Sets the mode
     * {@link BreakerMode#FORCED_CLOSED} without an end.
     */
    default void forceClosed(String reason) {
        setMode(BreakerMode.FORCED_CLOSED, null, reason);
    }

    /**
     * Lets the breaker decide and report, but reject nothing, until the mode changes. Sets the mode
     * {@link BreakerMode#OBSERVING} without an end.
     */
    default void observe(String reason) {
        setMode(BreakerMode.OBSERVING, null, reason);
    }

    /** Ends an override: sets the mode {@link BreakerMode#AUTOMATIC}, so the breaker decides by its settings again. */
    default void automatic() {
        setMode(BreakerMode.AUTOMATIC, null, "");
    }

    /**
     * Ends the time in OPEN early, so that the next calls are trials.
     *
     * @return whether the state changed; {@code false} in any other state, and while the breaker is forced open
     */
    boolean halfOpenNow();

    /**
     * Closes the breaker and discards the outcomes that it has collected. Ends a forced mode. Calls in flight no longer
     * count toward {@code maxConcurrentCalls}, nor as slow. Keeps settings, totals and the mode
     * {@link BreakerMode#OBSERVING}.
     */
    void reset();
}
