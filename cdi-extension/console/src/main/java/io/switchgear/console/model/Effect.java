// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says in words what a change of settings does to the running breaker, before it is applied. */
public final class Effect {
    private Effect() {}

    /** Returns a sentence for each setting. */
    public static List<String> of(Detail breaker, Map<Setting, String> changes) {
        List<String> sentences = new ArrayList<>();
        changes.forEach((setting, typed) -> sentences.add(
                setting.name() + " " + setting.value() + " → " + typed.strip() + ": " + of(breaker, setting, typed)));
        return sentences;
    }

    private static String of(Detail breaker, Setting setting, String typed) {
        double value = setting.min() == null ? Double.NaN : Double.parseDouble(typed.strip());
        boolean closed = breaker.text("State").equals("CLOSED");
        boolean inARow = breaker.countsInARow();
        double measure = breaker.measure();
        String now = closed && !Double.isNaN(measure) ? " (" + Text.number(measure) + " now)" : "";
        return switch (setting.name()) {
            case "FailureThreshold" ->
                !inARow
                        ? "no effect while TripOn is " + breaker.text("TripOn")
                        : closed && measure + 1 >= value
                                ? "the next failure opens the breaker" + now
                                : "the breaker opens after " + typed.strip() + " failures in a row" + now;
            case "FailureRateThresholdPercent" ->
                inARow
                        ? "no effect while TripOn is CONSECUTIVE_FAILURES"
                        : closed && measure >= value
                                ? "the next outcome opens the breaker" + now
                                : "the breaker opens at " + typed.strip() + " % failures" + now;
            case "OpenMillis" ->
                breaker.text("State").equals("OPEN")
                        ? "the time in OPEN is worked out again from the moment of opening"
                        : "once it opens, the breaker rejects calls for " + Text.duration((long) value);
            case "Enabled" ->
                typed.strip().equals("false")
                        ? "every call passes, and nothing is judged"
                        : "the breaker judges calls again";
            case "TripOn" -> "failures are judged in another way from the next outcome on";
            case "WindowCalls", "WindowMillis" -> "the most recent outcomes are kept";
            case "MaxConcurrentCalls" ->
                value == 0
                        ? "no limit of calls in flight"
                        : breaker.number("CallsInFlight") >= value
                                ? "new calls are rejected or wait until fewer than " + typed.strip()
                                        + " are in flight (" + breaker.text("CallsInFlight") + " now)"
                                : "at most " + typed.strip() + " calls are in flight at once ("
                                        + breaker.text("CallsInFlight") + " now)";
            default -> "from the next call on";
        };
    }
}
