package io.switchgear.status;

import io.switchgear.settings.BreakerSettings;
import java.time.Instant;

/**
 * One change of a breaker's state, mode (or the reason or end of it) or settings, or its reset. Every listener receives
 * each transition once and in order.
 *
 * @param number counts the transitions of this breaker from 1, without gaps
 * @param name the breaker's name
 * @param before state, mode and settings before
 * @param after state, mode and settings after; the same state where only mode or settings changed or a closed breaker
 *     was reset
 * @param at the time of the transition, by the wall clock
 * @param by who asked for it; empty if the breaker decided it
 * @param why the cause in a sentence, as in {@code 5 consecutive failures (threshold 5), the last with
 *     java.io.IOException}, or what was asked for, as in {@code FailureThreshold from 5 to 10}
 * @param failureMessage the message of the failure that {@code why} ends with, on one line, shortened to 200
 *     characters; {@code null} if there is none. Not part of {@code why}, as it may hold what not every reader may see
 * @since 0.1
 */
public record CircuitTransition(
        long number, String name, Side before, Side after, Instant at, String by, String why, String failureMessage) {
    /**
     * What was in force on one side of a transition.
     *
     * @param state the state
     * @param mode the mode
     * @param settings the settings
     * @param since the time from which state and mode have been as they are, by the wall clock
     * @since 0.1
     */
    public record Side(CircuitState state, BreakerMode mode, BreakerSettings settings, Instant since) {}

    /** The state before. */
    public CircuitState from() {
        return before.state();
    }

    /** The state after. */
    public CircuitState to() {
        return after.state();
    }

    /** The mode before. */
    public BreakerMode fromMode() {
        return before.mode();
    }

    /** The mode after. */
    public BreakerMode mode() {
        return after.mode();
    }

    /** The settings before. */
    public BreakerSettings fromSettings() {
        return before.settings();
    }

    /** The settings after. */
    public BreakerSettings settings() {
        return after.settings();
    }

    /** The time from which state and mode had been as they were before, by the wall clock. */
    public Instant since() {
        return before.since();
    }

    /** Returns {@link #why} with {@link #failureMessage}, if there is one. */
    public String whyInFull() {
        return failureMessage == null ? why : why + ": " + failureMessage;
    }

    @Override
    public String toString() {
        return name + " #" + number + ": " + from() + " to " + to() + ", " + why + (by.isEmpty() ? "" : ", by " + by);
    }
}
