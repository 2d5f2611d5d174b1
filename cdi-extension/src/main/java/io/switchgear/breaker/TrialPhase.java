// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

/** A phase that may have trials. */
sealed interface TrialPhase extends Phase permits Open, HalfOpen {
    /** Returns the trials; {@code null} if no call is admitted in this phase. */
    Trials trials();

    /** Returns whether the trials are those of this epoch. */
    default boolean isOf(Epoch epoch) {
        return trials() != null && trials().epoch() == epoch;
    }
}
