// SPDX-License-Identifier: Apache-2.0
package io.switchgear.testkit;

import io.switchgear.CircuitBreaker;
import io.switchgear.status.CircuitState;

/**
 * Brings breakers into a state without calls that fail. For what a breaker does by itself, let its backend fail: with a
 * {@link VirtualClock} that takes no time either.
 *
 * @since 0.1
 */
public final class States {
    private static final String REASON = "a test";

    private States() {}

    /**
     * Brings a breaker into a state.
     *
     * <ul>
     *   <li>{@code CLOSED}: it is reset, and decides by itself again.
     *   <li>{@code OPEN}: it is forced open, and rejects every call whatever the time, until the test brings it into
     *       another state.
     *   <li>{@code HALF_OPEN}: it decides by itself, and the next calls are trials.
     * </ul>
     *
     * @throws IllegalArgumentException if the breaker is switched off, and so is in no state
     */
    public static void put(CircuitBreaker breaker, CircuitState state) {
        if (!breaker.settings().enabled()) {
            throw new IllegalArgumentException("the breaker \"" + breaker.name()
                    + "\" is switched off (enabled=false), so it cannot be put into " + state);
        }
        switch (state) {
            case CLOSED -> {
                breaker.automatic();
                breaker.reset();
            }
            case OPEN -> breaker.forceOpen(REASON);
            case HALF_OPEN -> {
                breaker.forceOpen(REASON);
                breaker.automatic();
                if (breaker.snapshot().state() == CircuitState.OPEN) {
                    breaker.halfOpenNow();
                }
            }
            default -> throw new IllegalArgumentException("unknown state " + state);
        }
    }
}
