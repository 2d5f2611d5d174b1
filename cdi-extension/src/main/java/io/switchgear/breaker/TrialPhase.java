// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

/** A phase in which calls run as trials. */
sealed interface TrialPhase extends Phase permits HalfOpen, Trickle {
    Trials trials();

    /** Returns whether the trials are those of this epoch. */
    default boolean isOf(Epoch epoch) {
        return trials().epoch() == epoch;
    }

    /** Returns the phase after the trials have succeeded, under the next context. */
    Phase recovered(PhaseContext next, PermitContext permits);
}
