package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;
import io.switchgear.status.RejectionReason;
import jakarta.ejb.ApplicationException;

/**
 * Thrown in place of a call that a breaker rejected; the guarded method was not run. Made for each rejected call, and
 * without a stack trace, because there may be very many of them.
 *
 * <p>An application exception for EJB, so that a rejected call neither destroys the bean nor marks the transaction for
 * rollback.
 *
 * @since 0.1
 */
@ApplicationException(rollback = false)
public class CircuitOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final CircuitState state;
    private final long openRemainingMillis;
    private final String lastFailure;
    private final BreakerMode mode;
    private final String modeReason;

    /**
     * @param name the breaker's name
     * @param state {@link CircuitState#OPEN}, or {@link CircuitState#HALF_OPEN} when all trials are taken, or
     *     {@link CircuitState#CLOSED} when as many calls as {@link BreakerSettings#maxConcurrentCalls} allows are in
     *     flight
     * @param openRemainingMillis how long the breaker stays open, in milliseconds; 0 if it is half-open, -1 if it was
     *     forced open and stays so until somebody changes it
     * @param lastFailure class name of the last failure, or {@code null} if there was none
     * @param mode the operator's override
     * @param modeReason why it was chosen; may be empty
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

    /** The breaker's name. */
    public String name() {
        return name;
    }

    /**
     * {@link CircuitState#OPEN}, or {@link CircuitState#HALF_OPEN} when all trials were taken, or
     * {@link CircuitState#CLOSED} when as many calls as allowed were in flight.
     */
    public CircuitState state() {
        return state;
    }

    /**
     * How long the breaker stays open, in milliseconds; 0 if it is half-open, -1 if it was forced open without an end.
     */
    public long openRemainingMillis() {
        return openRemainingMillis;
    }

    /** Class name of the last failure that the breaker saw, or {@code null} if it saw none. */
    public String lastFailure() {
        return lastFailure;
    }

    /** The operator's override: {@link BreakerMode#FORCED_OPEN} if it is the operator who rejects, not the breaker. */
    public BreakerMode mode() {
        return mode;
    }

    /** Why the call was not admitted. */
    public RejectionReason reason() {
        return RejectionReason.of(state, mode);
    }

    /** Why the operator chose the mode; empty if nobody said. */
    public String modeReason() {
        return modeReason;
    }

    // intentional: composed when asked for, as most rejections are handled without being printed
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
