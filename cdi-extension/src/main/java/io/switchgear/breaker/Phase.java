// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.RejectionReason;

/** State, mode and settings in force, as one immutable value. Replaced as a whole by compare-and-set. */
sealed interface Phase permits Closed, Open, TrialPhase {
    PhaseContext context();

    CircuitState state();

    /** Returns this phase under a context with other settings; permits that it granted stay valid. */
    Phase withSettings(PhaseContext context, PermitContext permits);

    /** Returns this phase under another context with the same settings; permits that it granted stay valid. */
    Phase withContext(PhaseContext context);

    /** Returns the reason for which it rejects calls, unless they exceed the share of a ramp. */
    default RejectionReason rejectionReason(BreakerMode mode) {
        return RejectionReason.of(state(), mode);
    }

    /** Returns the part of the calls that is admitted, 0 to 1; trials that are few do not count. */
    double share(long now);

    /** Returns what is admitted, and why, in a sentence. */
    String admission(long now);

    /** Returns whether the next call makes the breaker half-open, as its time in OPEN is over. */
    default boolean isDue(long now) {
        return false;
    }

    /** Returns whether a call is rejected now because the breaker is open. Changes nothing. */
    default boolean rejects(long now) {
        return false;
    }

    /**
     * Returns the time until the next trial, in milliseconds, rounded up; 0 unless the breaker is open, -1 if an
     * operator forced it open without an end.
     */
    default long remainingMillis(long now) {
        return 0;
    }

    /** Returns why calls are rejected for a reason, in a few words. */
    String rejectionCause(RejectionReason reason, long now);

    /** Returns whether the breaker is off: calls pass whatever the state. */
    default boolean isOff() {
        return !context().settings().enabled();
    }

    /** Returns this phase as a side of a transition. */
    default CircuitTransition.Side side() {
        PhaseContext context = context();
        return new CircuitTransition.Side(
                isOff() ? CircuitState.CLOSED : state(),
                context.override().mode(),
                context.override().reason(),
                context.override().until(),
                context.settings(),
                context.since());
    }
}
