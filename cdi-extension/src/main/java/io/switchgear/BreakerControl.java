// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.SettingsControl;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.RehearsalSnapshot;
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
     * {@link BreakerMode#OBSERVING}. A rehearsed breaker is closed too; its counts go on.
     */
    void reset();

    // ---- rehearsal

    /**
     * Begins to rehearse other settings: a second breaker with these settings judges the outcomes of the same calls and
     * rejects none. {@link BreakerSnapshot#rehearsal} compares both. Replaces a rehearsal that is running. It is no
     * change of the breaker: it is not reported as a {@link CircuitTransition}, and never saved.
     *
     * <p>The rehearsed breaker begins closed, without outcomes, and is automatic whatever the mode of this breaker is.
     * It sees the calls that begin from now on and that this breaker admits, at the same time. What it decides is
     * exactly what a breaker with those settings would decide on these calls, with these limits:
     *
     * <ul>
     *   <li>A call that this breaker rejects has no outcome. If the rehearsed one is open, it counts as rejected by
     *       both, else as {@linkplain RehearsalSnapshot#unseenCalls unseen}. So a rehearsal of settings that open later
     *       says little after this breaker has opened: force it closed, or let it observe.
     *   <li>A call that the rehearsed breaker would have rejected runs all the same. Its outcome decides nothing in the
     *       rehearsal; if it is a success, it counts as lost.
     *   <li>No call waits for the rehearsed breaker: where one would have waited for a place, it counts as rejected.
     *   <li>While this breaker is off, the rehearsed one is off too, unless its own settings switch it on; neither sees
     *       a call.
     * </ul>
     *
     * <p>A change of the settings in force changes the rehearsed ones too: {@code change} is applied to the new ones.
     * If both contradict each other, or {@code change} throws then, the rehearsed settings stay as they are.
     *
     * @param change returns the settings to rehearse, given those in force; called again when those change
     * @return the rehearsed settings
     * @throws InvalidSettingsException if {@code change} creates settings that are not valid; nothing has changed then
     * @throws IllegalStateException if the breaker is not {@linkplain BreakerSettings#enabled() enabled}
     */
    BreakerSettings rehearse(UnaryOperator<BreakerSettings> change);

    /**
     * Ends the rehearsal.
     *
     * @return the last comparison
     * @throws IllegalStateException if no rehearsal is running
     */
    RehearsalSnapshot endRehearsal();

    /**
     * Puts the rehearsed settings in force, like {@link #update}, and ends the rehearsal. State and outcomes of this
     * breaker are kept; those of the rehearsed one are discarded.
     *
     * @return the settings in force after the change
     * @throws InvalidSettingsException if they contradict settings that have been changed since; nothing has changed
     *     then
     * @throws IllegalStateException if no rehearsal is running
     */
    BreakerSettings applyRehearsal();
}
