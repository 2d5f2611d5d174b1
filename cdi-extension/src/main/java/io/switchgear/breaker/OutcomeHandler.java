// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.place.Places;
import io.switchgear.settings.BreakerSettings;

/** Receives the outcomes of calls from permits, and decides on transitions. */
interface OutcomeHandler {
    /** Returns the settings in force. */
    BreakerSettings settings();

    /**
     * Returns the number of calls that these places allow at once; {@link Places#NO_LIMIT} if no call needs to wait for
     * one of them: they are no longer in use, or the breaker is not closed or not in automatic mode.
     */
    int limitOf(Places places);

    /**
     * Judges the outcome of a call that a closed breaker admitted.
     *
     * @param epoch the epoch that admitted it
     * @param thrown the exception; {@code null} if the call succeeded or a result was the failure
     */
    void closedCallEnded(Epoch epoch, boolean failed, boolean slow, Throwable thrown);

    /** Returns whether the trials of this epoch still decide. */
    boolean isTrying(Epoch epoch);

    /**
     * Changes the state if the trials of this epoch lead to that.
     *
     * @param thrown the exception of the last of them; {@code null} if it succeeded, was slow, or a result was the
     *     failure
     */
    void trialEnded(Epoch epoch, Throwable thrown);
}
