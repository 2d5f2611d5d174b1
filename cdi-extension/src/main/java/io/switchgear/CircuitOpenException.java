// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import jakarta.ejb.ApplicationException;

/**
 * Thrown when a breaker rejects a call; the guarded method was not run. Each rejected call gets a new instance. It has
 * no stack trace, as there may be very many of them.
 *
 * <p>This is an application exception in the sense of EJB: a rejected call does not destroy a session bean that throws
 * it. It does roll back the transaction of that bean, so that no unit of work is committed of which a part was
 * rejected.
 *
 * @since 0.1
 */
@ApplicationException(rollback = true)
public class CircuitOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final CircuitState state;
    private final long openRemainingMillis;
    private final String lastFailure;
    private final BreakerMode mode;
    private final String modeReason;

    /**
     * Creates an exception without a stack trace.
     *
     * @param name the breaker's name
     * @param state {@link CircuitState#OPEN}, or {@link CircuitState#HALF_OPEN} when all trials are taken, or
     *     {@link CircuitState#CLOSED} when as many calls as {@link BreakerSettings#maxConcurrentCalls} allows are in
     *     flight
     * @param openRemainingMillis how long the breaker stays open, in milliseconds; 0 unless it is open, -1 if it is
     *     forced open without an end
     * @param lastFailure the last failure, as in {@link io.switchgear.status.BreakerSnapshot#lastFailure}; {@code null}
     *     if there was none
     * @param mode the mode
     * @param modeReason the reason given for the mode; may be empty
     */
    public CircuitOpenException(
            String name,
            CircuitState state,
            long openRemainingMillis,
            String lastFailure,
            BreakerMode mode,
            String modeReason) {
        super(null, null, true, false);
        this.name = name;
        this.state = state;
        this.openRemainingMillis = openRemainingMillis;
        this.lastFailure = lastFailure;
        this.mode = mode;
        this.modeReason = modeReason;
    }

    /** Returns the breaker's name. */
    public String name() {
        return name;
    }

    /**
     * Returns the breaker's state: {@link CircuitState#OPEN}, or {@link CircuitState#HALF_OPEN} when all trials were
     * taken, or {@link CircuitState#CLOSED} when as many calls as {@link BreakerSettings#maxConcurrentCalls} allows
     * were in flight.
     */
    public CircuitState state() {
        return state;
    }

    /**
     * Returns how long the breaker stays open, in milliseconds; 0 unless it is open, -1 if it is forced open without an
     * end.
     */
    public long openRemainingMillis() {
        return openRemainingMillis;
    }

    /**
     * Returns the last failure under the breaker: the class name of the throwable, or {@code result refused by} and the
     * class name of the predicate. Returns {@code null} if there was none.
     */
    public String lastFailure() {
        return lastFailure;
    }

    /** Returns the mode: {@link BreakerMode#FORCED_OPEN} if an operator decided to reject calls, not the breaker. */
    public BreakerMode mode() {
        return mode;
    }

    /** Returns why the call was rejected. */
    public RejectionReason reason() {
        return RejectionReason.of(state, mode);
    }

    /** Returns the reason given for the mode; empty if none was given. */
    public String modeReason() {
        return modeReason;
    }

    // intentional: built on demand, as most rejections are handled without being printed
    @Override
    public String getMessage() {
        if (mode == BreakerMode.FORCED_OPEN) {
            return name + " is forced open"
                    + (openRemainingMillis < 0 ? "" : " for another " + openRemainingMillis + " ms")
                    + (modeReason.isEmpty() ? "" : ": " + modeReason);
        }
        String text = switch (state) {
            case OPEN -> name + " is OPEN for another " + openRemainingMillis + " ms";
            case HALF_OPEN -> name + " is HALF_OPEN and its trials are taken";
            case CLOSED -> name + " is CLOSED and as many calls as allowed are in flight";
        };
        return lastFailure == null ? text : text + "; last failure " + lastFailure;
    }
}
