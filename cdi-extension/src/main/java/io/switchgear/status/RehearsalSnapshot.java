// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.BreakerSettings;
import java.time.Instant;

/**
 * A rehearsal at one moment: what a breaker with other settings would have done since it began, beside what the breaker
 * did. See {@link io.switchgear.BreakerControl#rehearse}.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface RehearsalSnapshot {
    /** Returns the rehearsed settings: all of them, not only those that differ from the breaker's. */
    BreakerSettings settings();

    /** Returns when it began, by the wall clock. */
    Instant since();

    /** Returns who began it. */
    String by();

    /** Returns the state in which the rehearsed breaker is. */
    CircuitState state();

    /** Returns the part of the calls that the rehearsed breaker would admit now, in percent. */
    double admittedPercent();

    /**
     * Returns the failure rate in its window, in percent; {@code NaN} as for
     * {@link BreakerSnapshot#failureRatePercent}.
     */
    double failureRatePercent();

    /** Returns how often it would have opened, in part or again after a failed trial too. */
    long opened();

    /** Returns how often the breaker has opened since. */
    long breakerOpened();

    /** Returns the number of calls that it would have rejected, those included that the breaker rejected too. */
    long rejected();

    /** Returns the number of calls that the breaker has rejected since. */
    long breakerRejected();

    /** Returns the number of calls that succeeded and would have been rejected. */
    long lostSuccesses();

    /**
     * Returns the number of calls that the breaker has rejected since, although the rehearsed one was not open. Their
     * outcomes are not known to the rehearsal.
     */
    long unseenCalls();

    /** Returns why it would last have opened from closed, in a sentence; {@code null} if it never would. */
    String lastTrip();

    /** Returns the comparison in words. */
    default String comparison() {
        return "opened " + times(opened()) + ", the breaker " + times(breakerOpened()) + "; rejected "
                + calls(rejected()) + ", the breaker " + calls(breakerRejected()) + "; of the calls that it would have"
                + " rejected, " + lostSuccesses() + " succeeded"
                + (unseenCalls() == 0 ? "" : "; " + calls(unseenCalls()) + " not seen, as the breaker rejected them");
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String calls(long count) {
        return count == 1 ? "1 call" : count + " calls";
    }
}
