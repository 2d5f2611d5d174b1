package io.switchgear.breaker;

/**
 * Identifies the time from one change of state to the next, whatever the settings and modes in it. Two epochs are never
 * equal.
 */
final class Epoch {
    // an int, as with a long every breaker would be larger
    private final int began;

    /** @param began the number of the transition that began it */
    Epoch(long began) {
        this.began = (int) began;
    }

    /** Returns whether it began before this transition; by the difference, as the number may outgrow an int. */
    boolean beganBefore(long transition) {
        return (int) transition - began > 0;
    }
}
