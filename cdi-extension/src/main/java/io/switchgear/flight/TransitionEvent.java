// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import io.switchgear.status.CircuitTransition;
import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("io.switchgear.Transition")
@Label("Circuit Breaker Transition")
@Category("Switchgear")
@Description("A circuit breaker changed its state or its mode, or was reset")
@StackTrace(false)
final class TransitionEvent extends Event {
    @Label("Breaker")
    String breaker;

    @Label("From")
    @Description("The state before")
    String from;

    @Label("To")
    @Description("The state after")
    String to;

    @Label("Mode Before")
    String fromMode;

    @Label("Mode")
    @Description("AUTOMATIC if the breaker decides by itself, else the override by an operator")
    String mode;

    @Label("Cause")
    String cause;

    @Label("By")
    @Description("Who requested it; empty if the breaker decided it")
    String by;

    @Label("Lasted")
    @Description("How long the previous state and mode lasted, by the wall clock")
    @Timespan(Timespan.NANOSECONDS)
    long lasted;

    static void record(CircuitTransition transition) {
        TransitionEvent event = new TransitionEvent();
        if (event.isEnabled()) {
            event.breaker = transition.name();
            event.from = transition.from().name();
            event.to = transition.to().name();
            event.fromMode = transition.fromMode().name();
            event.mode = transition.mode().name();
            event.cause = transition.whyInFull();
            event.by = transition.by();
            // the wall clock may have been set back meanwhile
            event.lasted = Math.max(
                    0, Duration.between(transition.fromSince(), transition.at()).toNanos());
            event.commit();
        }
    }
}
