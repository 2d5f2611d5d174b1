// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.CircuitOpenException;
import java.util.function.Supplier;

/** Observes the rejected calls of one breaker, on the threads of their callers. */
public interface RejectionListener {
    /** A listener that ignores all rejections. */
    RejectionListener NONE = new RejectionListener() {
        @Override
        public boolean isActive() {
            return false;
        }

        @Override
        public void rejected(CircuitOpenException rejection, Supplier<String> cause, long nanos) {
            // not active
        }

        @Override
        public void stateOrModeEnded(Supplier<CircuitOpenException> rejection, Supplier<String> cause) {
            // not active
        }
    };

    /** Returns whether to call {@link #rejected}. Called for each rejected call. */
    boolean isActive();

    /**
     * Observes a rejected call.
     *
     * @param cause returns why the breaker rejects calls
     * @param nanos the current time of the breaker's ticker
     */
    void rejected(CircuitOpenException rejection, Supplier<String> cause, long nanos);

    /**
     * Observes the end of a phase, whether it rejected calls or not.
     *
     * @param rejection returns the exception of its rejected calls
     * @param cause returns why the phase rejected calls
     */
    void stateOrModeEnded(Supplier<CircuitOpenException> rejection, Supplier<String> cause);
}
