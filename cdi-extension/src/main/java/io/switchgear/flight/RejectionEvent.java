// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import io.switchgear.CircuitOpenException;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("io.switchgear.Rejection")
@Label("Circuit Breaker Rejection")
@Category("Switchgear")
@Description("A circuit breaker rejected calls; sampled, each event accounts for all since the previous one")
@StackTrace(false)
final class RejectionEvent extends Event {
    /** The value that the JDK shows as {@code N/A}. */
    private static final long NOT_KNOWN = Long.MIN_VALUE;

    @Label("Breaker")
    String breaker;

    @Label("State")
    String state;

    @Label("Mode")
    @Description("FORCED_OPEN if an operator forced the breaker open")
    String mode;

    @Label("Reason")
    String reason;

    @Label("Cause")
    @Description("What opened the breaker, why it was forced open, or the limit that was reached")
    String cause;

    @Label("Open Remaining")
    @Description("How long the breaker stays open; not available if it was forced open without an end")
    @Timespan(Timespan.MILLISECONDS)
    long openRemaining;

    @Label("Rejections")
    @Description("Rejections that this event accounts for: this one and those of the breaker since its previous event")
    long rejections;

    static boolean enabled() {
        return new RejectionEvent().isEnabled();
    }

    static void record(CircuitOpenException rejection, String cause, long count) {
        RejectionEvent event = new RejectionEvent();
        event.breaker = rejection.name();
        event.state = rejection.state().name();
        event.mode = rejection.mode().name();
        event.reason = rejection.reason().name();
        event.cause = cause;
        event.openRemaining = rejection.openRemainingMillis() < 0 ? NOT_KNOWN : rejection.openRemainingMillis();
        event.rejections = count;
        event.commit();
    }
}
