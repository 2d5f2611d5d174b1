// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

/**
 * Computes the result of a call that failed.
 *
 * @param <C> the context of the call, such as an interceptor's context
 */
@FunctionalInterface
public interface Recovery<C> {
    /** Returned if there is no value for a failure. */
    Object NOTHING = new Object();

    /** Returns the result for the caller, or {@link #NOTHING}; an exception reaches the caller. */
    Object recover(C context, Throwable failure, int attempts) throws Exception;
}
