// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitState;
import io.switchgear.status.CircuitTransition;

/**
 * Thrown for a request that was cancelled because the breaker of its service opened while it was pending. Unlike a
 * rejected request, it may have reached the service and taken effect there.
 *
 * @since 0.1
 */
public class PendingCancelledException extends CircuitOpenException {
    private static final long serialVersionUID = 1L;

    private final String request;
    private final String why;

    PendingCancelledException(String request, CircuitTransition opening, BreakerSnapshot now) {
        super(
                opening.name(),
                CircuitState.OPEN,
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
