// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

/**
 * The state of a breaker.
 *
 * @since 0.1
 */
public enum CircuitState {
    /** Calls run, and their outcomes are judged. */
    CLOSED(0),

    /** A few calls run as trials; their outcomes decide whether the breaker closes or opens again. */
    HALF_OPEN(1),

    /** Calls are rejected without being run. */
    OPEN(2);

    private final int code;

    CircuitState(int code) {
        this.code = code;
    }

    /** Returns the state as a number for charts: 0 closed, 1 half-open, 2 open. */
    public int code() {
        return code;
    }
}
