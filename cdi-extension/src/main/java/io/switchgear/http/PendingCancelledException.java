package io.switchgear.http;

import io.switchgear.CircuitOpenException;
import io.switchgear.CircuitTransition;
import io.switchgear.Snapshot;
import io.switchgear.State;

/**
 * Thrown for a request that was on its way when its service's breaker opened, and so was cancelled. Unlike a request
 * that was rejected, it may have reached the service and taken effect there.
 *
 * @since 0.1
 */
public class PendingCancelledException extends CircuitOpenException {
    private static final long serialVersionUID = 1L;

    private final String request;
    private final String why;

    PendingCancelledException(String request, CircuitTransition opening, Snapshot now) {
        super(
                opening.name(),
                State.OPEN,
                now.openRemainingMillis(),
                now.lastFailure(),
                opening.mode(),
                now.modeReason());
        this.request = request;
        this.why = opening.why();
    }

    @Override
    public String getMessage() {
        return request + " was cancelled while pending, as " + name() + " opened: " + why;
    }
}
