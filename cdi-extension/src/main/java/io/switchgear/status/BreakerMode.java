// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

/**
 * The operator's override of a breaker's decisions.
 *
 * @since 0.1
 */
public enum BreakerMode {
    /** The breaker decides by its settings. */
    AUTOMATIC,

    /** Every call is rejected, and counted as rejected. */
    FORCED_OPEN,

    /** Every call runs. Its outcome is counted and measured, but nothing opens the breaker. */
    FORCED_CLOSED,

    /** The breaker decides and reports as in {@link #AUTOMATIC}, but rejects nothing. */
    OBSERVING
}
