// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.BreakerSettings;
import java.util.Locale;

/**
 * Why a breaker did not admit a call.
 *
 * @since 0.1
 */
public enum RejectionReason {
    /** The breaker was {@link CircuitState#OPEN} by its own decision. */
    OPEN,

    /** An operator, or the application, had forced the breaker open. */
    FORCED_OPEN,

    /**
     * The breaker was {@link CircuitState#HALF_OPEN} and {@link BreakerSettings#halfOpenMaxCalls} trials were in
     * flight.
     */
    TRIALS_TAKEN,

    /**
     * The breaker admitted a share of the calls, and this one was not among them: it was {@link CircuitState#HALF_OPEN}
     * with {@link io.switchgear.settings.TripOn#ADAPTIVE}, or {@link BreakerSettings#rampUpMillis} had not passed since
     * it closed.
     */
    SHARE_TAKEN,

    /** As many calls as {@link BreakerSettings#maxConcurrentCalls} allows were in flight. */
    TOO_MANY_CALLS;

    /**
     * Returns the reason for which a breaker in this state and mode rejects a call, unless it admits a share of them.
     */
    public static RejectionReason of(CircuitState state, BreakerMode mode) {
        return switch (state) {
            case OPEN -> mode == BreakerMode.FORCED_OPEN ? FORCED_OPEN : OPEN;
            case HALF_OPEN -> TRIALS_TAKEN;
            case CLOSED -> TOO_MANY_CALLS;
        };
    }

    /** Returns the reason as a label of metrics, such as {@code too_many_calls}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
