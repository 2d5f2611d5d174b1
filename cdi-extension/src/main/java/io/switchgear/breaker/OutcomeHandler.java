package io.switchgear.breaker;

import io.switchgear.settings.BreakerSettings;

/** Decides what the outcomes of calls lead to. Permits report to it. */
interface OutcomeHandler {
    /** Returns the settings in force. */
    BreakerSettings settings();

    /**
     * Judges the outcome of a call that a closed breaker admitted.
     *
     * @param epoch the epoch that admitted it
     * @param thrown what the failure was; {@code null} if there was none, or it was a result
     */
    void closedCallEnded(Epoch epoch, boolean failed, boolean slow, Throwable thrown);

    /** Returns whether the breaker is still half-open, in the same epoch. */
    boolean isHalfOpen(Epoch epoch);

    /**
     * Opens the breaker again.
     *
     * @param failed whether the trial failed; it was slow otherwise
     * @param thrown what the failure was; {@code null} if there was none, or it was a result
     */
    void trialFailed(Epoch epoch, boolean failed, Throwable thrown);

    /**
     * Closes the breaker if that suffices.
     *
     * @param successes successful trials in this epoch so far
     */
    void trialSucceeded(Epoch epoch, int successes);
}
