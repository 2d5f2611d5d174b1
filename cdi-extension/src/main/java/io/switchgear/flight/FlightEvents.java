package io.switchgear.flight;

import io.switchgear.CircuitOpenException;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import jdk.jfr.FlightRecorder;

/** Tells flight recordings. Where nothing records, nothing is done, and no text is made. */
public final class FlightEvents {
    /** Constant, so that where there is no flight recorder, compiled code has nothing left of this. */
    private static final boolean THERE = there();

    private FlightEvents() {}

    private static boolean there() {
        try {
            Class.forName("jdk.jfr.FlightRecorder", false, FlightEvents.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            // a JDK without the module jdk.jfr, or a server that does not show it: there is nothing to tell
            return false;
        }
    }

    private static boolean begun() {
        return THERE && FlightRecorder.isInitialized();
    }

    /** Tells a transition of a breaker, also one that merely changed its settings. */
    public static void transition(CircuitTransition transition) {
        if (begun()) {
            if (transition.settings().equals(transition.fromSettings())) {
                TransitionEvent.tell(transition);
            } else {
                SettingsChangeEvent.tell(new SettingsChange(
                        transition.name(),
                        transition.fromSettings(),
                        transition.settings(),
                        transition.at(),
                        transition.by()));
            }
        }
    }

    /** Tells a change of settings. */
    public static void settings(SettingsChange change) {
        if (begun()) {
            SettingsChangeEvent.tell(change);
        }
    }

    /** Whether anybody records rejections. */
    public static boolean recordsRejections() {
        return begun() && RejectionEvent.enabled();
    }

    /**
     * Tells one of them.
     *
     * @param cause why the breaker rejects
     * @param standsFor how many there were since the last one told, with this one
     */
    public static void rejection(CircuitOpenException rejection, String cause, long standsFor) {
        RejectionEvent.tell(rejection, cause, standsFor);
    }
}
