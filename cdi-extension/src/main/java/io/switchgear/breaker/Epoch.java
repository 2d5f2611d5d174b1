package io.switchgear.breaker;

/** Stands for a closed period, whatever becomes of its settings. Two are never equal. */
final class Epoch {
    // an int, as with a long every breaker would be larger
    private final int began;

    /** @param began the number of the transition that began the period */
    Epoch(long began) {
        this.began = (int) began;
    }

    /** Whether it began before this transition; by the difference, as the number may outgrow an int. */
    boolean beganBefore(long transition) {
        return (int) transition - began > 0;
    }
}
