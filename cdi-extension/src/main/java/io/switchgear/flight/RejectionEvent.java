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
@Description("A circuit breaker rejected calls; one event a second stands for all since the one before")
@StackTrace(false)
final class RejectionEvent extends Event {
    /** What the JDK shows as {@code N/A}. */
    private static final long NOT_KNOWN = Long.MIN_VALUE;

    @Label("Breaker")
    String breaker;

    @Label("State")
    String state;

    @Label("Mode")
    @Description("FORCED_OPEN if it is an operator who rejects, not the breaker")
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
    @Description("How many rejections this event stands for: those of the breaker since the event before, and this one")
    long rejections;

    static boolean enabled() {
        return new RejectionEvent().isEnabled();
    }

    static void tell(CircuitOpenException rejection, String cause, long standsFor) {
        RejectionEvent event = new RejectionEvent();
        event.breaker = rejection.name();
        event.state = rejection.state().name();
        event.mode = rejection.mode().name();
        event.reason = rejection.reason().name();
        event.cause = cause;
        event.openRemaining = rejection.openRemainingMillis() < 0 ? NOT_KNOWN : rejection.openRemainingMillis();
        event.rejections = standsFor;
        event.commit();
    }
}
