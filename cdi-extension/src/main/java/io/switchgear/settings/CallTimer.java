package io.switchgear.settings;

/**
 * Whether calls are timed.
 *
 * @since 0.1
 */
public enum CallTimer {
    /** They are not. */
    OFF,

    /** The time that each admitted call takes is a metric: its count, sum, maximum and percentiles. */
    ON
}
