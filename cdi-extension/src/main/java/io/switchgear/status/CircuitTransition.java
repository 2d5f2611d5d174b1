// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.BreakerSettings;
import java.time.Instant;

/**
 * One change of a breaker's state, mode (or the reason or end of it) or settings, or its reset. Every listener receives
 * each transition once and in order.
 *
 * @param number the number of the transition; those of a breaker are numbered from 1, without gaps
 * @param name the breaker's name
 * @param before state, mode and settings before
 * @param after state, mode and settings after; the same state where only mode or settings changed or a closed breaker
 *     was reset
 * @param at the time of the transition, by the wall clock
 * @param by the author of the change; empty if the breaker itself decided
 * @param why the cause in a sentence, such as {@code 5 consecutive failures (threshold 5), after 3,900 calls of which
 *     80 % succeeded, the last with java.io.IOException}, or the requested change, such as {@code FailureThreshold from
 *     5 to 10}
 * @param failureMessage the message of the failure that {@code why} ends with, on one line, shortened to 200
 *     characters; {@code null} if there is none. Not part of {@code why}, as it may contain confidential data
 * @param priorCalls the calls before the failures in a row that opened the breaker; {@code null} if there were none, or
 *     if anything else led to the transition
 * @since 0.1
 */
public record CircuitTransition(
        long number,
        String name,
        Side before,
        Side after,
        Instant at,
        String by,
        String why,
        String failureMessage,
        PriorCalls priorCalls) {
    /**
     * State, mode and settings on one side of a transition.
     *
     * @param state the state
     * @param mode the mode
     * @param modeReason the reason given for the mode; may be empty
     * @param modeUntil when the mode ends by itself, by the wall clock; {@code null} if it has no end
     * @param settings the settings
     * @param since when state and mode last changed, by the wall clock
     * @since 0.1
     */
    public record Side(
            CircuitState state,
            BreakerMode mode,
            String modeReason,
            Instant modeUntil,
            BreakerSettings settings,
            Instant since) {}

    /** Returns the state before. */
    public CircuitState from() {
        return before.state();
    }

    /** Returns the state after. */
    public CircuitState to() {
        return after.state();
    }

    /** Returns the mode before. */
    public BreakerMode fromMode() {
        return before.mode();
    }

    /** Returns the mode after. */
    public BreakerMode mode() {
        return after.mode();
    }

    /** Returns the settings before. */
    public BreakerSettings fromSettings() {
        return before.settings();
    }

    /** Returns the settings after. */
    public BreakerSettings settings() {
        return after.settings();
    }

    /** Returns when state and mode had last changed before this transition, by the wall clock. */
    public Instant fromSince() {
        return before.since();
    }

    /** Returns {@link #why}, followed by {@link #failureMessage} if there is one. */
    public String whyInFull() {
        return failureMessage == null ? why : why + ": " + failureMessage;
    }

    @Override
    public String toString() {
        return name + " #" + number + ": " + from() + " to " + to() + ", " + why + (by.isEmpty() ? "" : ", by " + by);
    }
}
