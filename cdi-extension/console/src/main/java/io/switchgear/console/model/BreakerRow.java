// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.util.Comparator;
import java.util.Date;
import java.util.Locale;
import javax.management.ObjectName;

/**
 * A breaker at one poll.
 *
 * @param mbean the MBean of the breaker
 * @param application the MBean of all breakers of its application
 * @param state {@code CLOSED}, {@code HALF_OPEN} or {@code OPEN}, or what a later version says
 * @param remainingMillis the time until trials; -1 without an end
 * @param admittedPercent the part of the calls that is admitted; NaN if unknown
 * @param callsPerSecond calls since the poll before, rejected ones included; NaN at the first poll
 * @param history the points of the last ten minutes, the same object at each poll
 */
public record BreakerRow(
        ObjectName mbean,
        ObjectName application,
        String name,
        boolean enabled,
        String state,
        String mode,
        String modeReason,
        Date stateSince,
        long remainingMillis,
        double admittedPercent,
        long inFlight,
        Totals totals,
        String lastFailure,
        String lastTrip,
        int changedSettings,
        double callsPerSecond,
        double failuresPerSecond,
        double rejectedPerSecond,
        History history) {
    /** The counters of a breaker. */
    public record Totals(long calls, long failures, long rejected, long opened) {}

    /**
     * What needs attention first.
     *
     * <p>Intentional: not by rates, which would move the lines at each poll.
     */
    public static final Comparator<BreakerRow> ATTENTION = Comparator.comparingInt(BreakerRow::urgency)
            .thenComparing(BreakerRow::name)
            .thenComparing(row -> row.mbean.toString());

    private int urgency() {
        if (!enabled) {
            return 6;
        }
        return switch (state) {
            case "OPEN" -> isAutomatic() ? 0 : 1;
            case "HALF_OPEN" -> 2;
            default -> failuresPerSecond > 0 ? 3 : isAutomatic() ? 7 : 4;
        };
    }

    /** Returns whether the breaker itself decides. */
    public boolean isAutomatic() {
        return mode.equals("AUTOMATIC");
    }

    /** Returns whether it rejects calls now: all of them, or a part. */
    public boolean isOpen() {
        return (state.equals("OPEN") || (state.equals("HALF_OPEN") && isInPart())) && !mode.equals("OBSERVING");
    }

    /** Returns whether a share of the calls is admitted, neither all nor none. */
    public boolean isInPart() {
        return enabled && admittedPercent > 0 && admittedPercent < 100;
    }

    /** Returns the share of failures in the calls that were admitted since the poll before; NaN if there was none. */
    public double failedPercent() {
        double admitted = callsPerSecond - rejectedPerSecond;
        return admitted > 0 ? 100 * failuresPerSecond / admitted : Double.NaN;
    }

    /** Returns the state and the mode in words, as in {@code open, forced} or {@code open in part, 62 %}. */
    public String stateInWords() {
        if (!enabled) {
            return "off";
        }
        String word = state.equals("HALF_OPEN") && isInPart()
                ? "open in part"
                : state.toLowerCase(Locale.ROOT).replace('_', '-');
        if (isInPart()) {
            word += ", " + Text.number(admittedPercent) + " %";
        }
        return switch (mode) {
            case "AUTOMATIC" -> word;
            case "FORCED_OPEN", "FORCED_CLOSED" -> word + ", forced";
            default -> word + ", " + mode.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** Returns the name of the application, as configured. */
    public String applicationName() {
        return Names.key(application, "application");
    }

    /** Returns the time left in {@code OPEN} in words; empty in other states. */
    public String timeLeft() {
        if (!state.equals("OPEN")) {
            return "";
        }
        return remainingMillis < 0 ? "no end" : Text.duration(remainingMillis);
    }

    /** Returns whether a text that an operator searches for is in the name, the application, the state or the mode. */
    public boolean matches(String search) {
        String wanted = search.strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || (name + '\n' + applicationName() + '\n' + stateInWords() + '\n' + mode)
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted);
    }
}
