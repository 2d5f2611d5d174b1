// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BulkheadSettings;
import jakarta.ejb.ApplicationException;

/**
 * Thrown when a bulkhead rejects a call; the guarded code was not run. Each rejected call gets a new instance. It has
 * no stack trace, as there may be very many of them. Its cause is an {@link InterruptedException} if the thread was
 * interrupted while the call waited; the thread's flag is set then, and the call counts as neither success nor failure.
 *
 * <p>This is an application exception in the sense of EJB: a rejected call does not destroy a session bean that throws
 * it. It does roll back the transaction of that bean, so that no unit of work is committed of which a part was
 * rejected.
 *
 * @since 0.1
 */
@ApplicationException(rollback = true)
public class BulkheadFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final int maxConcurrentCalls;
    private final int maxWaitingCalls;

    /**
     * Creates an exception without a stack trace.
     *
     * @param name the bulkhead's name
     * @param settings the bulkhead's settings
     * @param interruption the interruption that ended the wait; {@code null} if there was none
     */
    public BulkheadFullException(String name, BulkheadSettings settings, InterruptedException interruption) {
        super(null, interruption, true, false);
        this.name = name;
        this.maxConcurrentCalls = settings.maxConcurrentCalls();
        this.maxWaitingCalls = settings.maxWaitingCalls();
    }

    /** Returns the bulkhead's name. */
    public String name() {
        return name;
    }

    /** Returns the maximum number of calls in flight when the call was rejected. */
    public int maxConcurrentCalls() {
        return maxConcurrentCalls;
    }

    /** Returns the maximum number of waiting calls when the call was rejected. */
    public int maxWaitingCalls() {
        return maxWaitingCalls;
    }

    // intentional: built on demand, as most rejections are handled without being printed
    @Override
    public String getMessage() {
        return "the bulkhead " + name + " has no place for the call: maxConcurrentCalls is " + maxConcurrentCalls
                + ", maxWaitingCalls is " + maxWaitingCalls
                + (getCause() == null ? "" : "; it was interrupted while it waited");
    }
}
