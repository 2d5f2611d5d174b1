package io.switchgear.status;

import io.switchgear.settings.BreakerSettings;
import java.time.Instant;

/**
 * One change of a breaker's state, mode (or the reason or end of it) or settings, or its reset. Told once, and in
 * order, to whoever listens.
 *
 * @param number counts the transitions of this breaker from 1, without gaps
 * @param name the breaker's name
 * @param from the state before
 * @param to the state after; equal to {@code from} where only mode or settings changed or a closed breaker was reset
 * @param fromMode the mode before
 * @param mode the mode after
 * @param fromSettings the settings before
 * @param settings the settings after
 * @param at when, by the wall clock
 * @param since since when state and mode had been as they were before, by the wall clock
 * @param by who asked for it; empty if the breaker decided it
 * @param why the cause in a sentence, as in {@code 5 consecutive failures (threshold 5), the last with
 *     java.io.IOException}, or what was asked for, as in {@code FailureThreshold from 5 to 10}
 * @param failureMessage the message of the failure that {@code why} ends with, on one line, shortened to 200
 *     characters; {@code null} if there is none. Not part of {@code why}, as it may say more than everybody may read
 * @since 0.1
 */
public record CircuitTransition(
        long number,
        String name,
        CircuitState from,
        CircuitState to,
        BreakerMode fromMode,
        BreakerMode mode,
        BreakerSettings fromSettings,
        BreakerSettings settings,
        Instant at,
        Instant since,
        String by,
        String why,
        String failureMessage) {
    /** {@link #why} with {@link #failureMessage}, if there is one. */
    public String whyInFull() {
        return failureMessage == null ? why : why + ": " + failureMessage;
    }

    @Override
    public String toString() {
        return name + " #" + number + ": " + from + " to " + to + ", " + why + (by.isEmpty() ? "" : ", by " + by);
    }
}
