// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

/**
 * Whether the duration of calls is a metric.
 *
 * @since 0.1
 */
public enum CallTimer {
    /** Calls are not timed. */
    OFF,

    /** The duration of each admitted call is a metric, with count, sum, maximum and percentiles. */
    ON
}
