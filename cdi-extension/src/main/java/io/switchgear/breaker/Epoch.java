// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

/**
 * Identifies the time from one change of state to the next, whatever the settings and modes during it. Compared by
 * identity.
 */
final class Epoch {
    // an int, since a long would make every breaker larger
    private final int began;

    /** @param began the number of the transition that began it */
    Epoch(long began) {
        this.began = (int) began;
    }

    /** Returns whether it began before this transition. Compares by difference, as the number may overflow an int. */
    boolean beganBefore(long transition) {
        return (int) transition - began > 0;
    }
}
