// SPDX-License-Identifier: Apache-2.0
package io.switchgear.flight;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import jdk.jfr.FlightRecorder;

/** Sends events to flight recordings. Does nothing, and creates no text, unless a recording wants them. */
public final class FlightEvents {
    /** A constant, so that the compiler removes all of this where there is no flight recorder. */
    private static final boolean AVAILABLE = isAvailable();

    private FlightEvents() {}

    private static boolean isAvailable() {
        try {
            Class.forName("jdk.jfr.FlightRecorder", false, FlightEvents.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            // a JDK without the module jdk.jfr, or a server that hides it from applications
            return false;
        }
    }

    private static boolean isInitialized() {
        return AVAILABLE && FlightRecorder.isInitialized();
    }

    /** Records a transition of a breaker; one that merely changed the settings as a change of settings. */
    public static void transition(CircuitTransition transition) {
        if (isInitialized()) {
            if (transition.settings().equals(transition.fromSettings())) {
                TransitionEvent.record(transition);
            } else {
                SettingsChangeEvent.record(new SettingsChange(
                        transition.name(),
                        transition.fromSettings(),
                        transition.settings(),
                        transition.at(),
                        transition.by()));
            }
        }
    }

    /** Records a change of the settings of a layer. */
    public static void settings(SettingsChange change) {
        if (isInitialized()) {
            SettingsChangeEvent.record(change);
        }
    }

    /** Returns whether a recording wants rejections. */
    public static boolean recordsRejections() {
        return isInitialized() && RejectionEvent.enabled();
    }

    /**
     * Records a rejection.
     *
     * @param cause why the breaker rejects calls
     * @param count the rejections that the event accounts for: this one and those since the last one recorded
     */
    public static void rejection(CircuitOpenException rejection, String cause, long count) {
        RejectionEvent.record(rejection, cause, count);
    }
}
