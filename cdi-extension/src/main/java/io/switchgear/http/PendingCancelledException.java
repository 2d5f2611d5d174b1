// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.status.BreakerSnapshot;
import io.switchgear.status.CircuitTransition;
import java.io.IOException;

/**
 * Thrown for a request that was cancelled because the breaker of its service opened while it was pending. Intentional:
 * not a {@link io.switchgear.CircuitOpenException}, since the request may have reached the service and taken effect
 * there. Has no stack trace, as many requests may be cancelled at once.
 *
 * @since 0.1
 */
public class PendingCancelledException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long openRemainingMillis;

    PendingCancelledException(String request, CircuitTransition opening, BreakerSnapshot now) {
        super(request + " was cancelled while pending, as " + opening.name() + " opened: " + opening.why());
        this.name = opening.name();
        this.openRemainingMillis = now.openRemainingMillis();
    }

    /** Returns the breaker's name, which is that of the service. */
    public String name() {
        return name;
    }

    /**
     * Returns how long the breaker stays open after the cancellation, in milliseconds; -1 if it is forced open without
     * an end.
     */
    public long openRemainingMillis() {
        return openRemainingMillis;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
