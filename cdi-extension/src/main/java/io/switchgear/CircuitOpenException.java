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
    private final RejectionReason reason;

    /**
     * Creates an exception without a stack trace.
     *
     * @param name the breaker's name
     * @param state {@link CircuitState#OPEN}, or {@link CircuitState#HALF_OPEN} when all trials are taken, or
     *     {@link CircuitState#CLOSED} when as many calls as {@link BreakerSettings#maxConcurrentCalls} allows are in
     *     flight; or one of the latter two when the breaker admits a share of the calls
     * @param openRemainingMillis time until the next trial, in milliseconds; 0 unless the breaker is open, -1 if it is
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
        this(name, state, openRemainingMillis, lastFailure, mode, modeReason, RejectionReason.of(state, mode));
    }

    /**
     * Like the other constructor, for a reason that does not follow from state and mode.
     *
     * @param reason the reason, {@link RejectionReason#SHARE_TAKEN} for instance
     */
    public CircuitOpenException(
            String name,
            CircuitState state,
            long openRemainingMillis,
            String lastFailure,
            BreakerMode mode,
            String modeReason,
            RejectionReason reason) {
        super(null, null, true, false);
        this.name = name;
        this.state = state;
        this.openRemainingMillis = openRemainingMillis;
        this.lastFailure = lastFailure;
        this.mode = mode;
        this.modeReason = modeReason;
        this.reason = reason;
    }

    /** Returns the breaker's name. */
    public String name() {
        return name;
    }

    /**
     * Returns the breaker's state: {@link CircuitState#OPEN}, or {@link CircuitState#HALF_OPEN} when all trials were
     * taken, or {@link CircuitState#CLOSED} when as many calls as {@link BreakerSettings#maxConcurrentCalls} allows
     * were in flight; or one of the latter two when the breaker admitted a share of the calls.
     */
    public CircuitState state() {
        return state;
    }

    /**
     * Returns the time until the next trial, in milliseconds; 0 unless the breaker is open, -1 if it is forced open
     * without an end. At 0 another call may be admitted at once.
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
        return reason;
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
        String text = name + " is " + state
                + switch (reason) {
                    case OPEN, FORCED_OPEN -> " for another " + openRemainingMillis + " ms";
                    case TRIALS_TAKEN -> " and its trials are taken";
                    case SHARE_TAKEN -> " and admits a share of the calls";
                    case TOO_MANY_CALLS -> " and as many calls as allowed are in flight";
                };
        return lastFailure == null ? text : text + "; last failure " + lastFailure;
    }
}
