// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;

/**
 * All that the MBean of the selected breaker says.
 *
 * @param values the attributes that it has, by name
 * @param operations the names of its operations
 * @param layers retries, fallbacks and whatever else stands around the same methods
 */
public record Detail(
        ObjectName mbean,
        Map<String, Object> values,
        List<Setting> settings,
        Set<String> operations,
        List<Layer> layers) {
    /**
     * A retry, a fallback, a time limit, a bulkhead or a service.
     *
     * @param facts its counters and gauges, as in {@code RetriesTotal=5}
     */
    public record Layer(ObjectName mbean, String kind, String name, List<String> facts, List<Setting> settings) {}

    /** Returns an attribute in one line; empty if there is none. */
    public String text(String attribute) {
        Object value = values.get(attribute);
        return Text.line(value instanceof Date time ? time.toInstant().truncatedTo(ChronoUnit.SECONDS) : value);
    }

    /** Returns an attribute that is a number; NaN if there is none. */
    public double number(String attribute) {
        return values.get(attribute) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Returns the lines of an attribute; none if there is none. */
    public List<String> lines(String attribute) {
        return values.get(attribute) instanceof String[] lines
                ? Arrays.stream(lines).map(Text::line).toList()
                : List.of();
    }

    /** Returns a setting; {@code null} if there is none of this name. */
    public Setting setting(String name) {
        return settings.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Returns whether failures in a row open the breaker, rather than a rate. */
    public boolean countsInARow() {
        return text("TripOn").equals("CONSECUTIVE_FAILURES");
    }

    /** Returns whether other settings are rehearsed beside those in force. */
    public boolean isRehearsing() {
        return !text("RehearsedSettings").isEmpty();
    }

    /** Returns what is rehearsed and how it compares, in a sentence. */
    public String rehearsal() {
        return "Rehearsal of " + text("RehearsedSettings") + " by " + text("RehearsalBy") + " since "
                + text("RehearsalSince") + ": now " + text("RehearsedState") + "; " + text("Rehearsal");
    }

    /** Returns the rehearsed values that differ from those in force, by setting. */
    public Map<String, String> rehearsedSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String change : text("RehearsedSettings").split(", ", -1)) {
            String[] sides = change.split("=", 2);
            if (sides.length == 2) {
                settings.put(sides[0], sides[1]);
            }
        }
        return settings;
    }

    /** Returns what the threshold is compared with. */
    public double measure() {
        return number(countsInARow() ? "ConsecutiveFailures" : "FailureRatePercent");
    }

    /** Returns the threshold that opens the breaker. */
    public double threshold() {
        return number(thresholdName());
    }

    /** Returns the setting that is the threshold. */
    public String thresholdName() {
        return countsInARow() ? "FailureThreshold" : "FailureRateThresholdPercent";
    }
}
