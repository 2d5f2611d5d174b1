// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * The behaviour of a backend.
 *
 * @param failurePercent the percentage of calls that fail; 0 to 100
 * @param latencyMillis the duration of each call; 0 to 2,000
 * @param hanging whether calls wait until this is {@code false} again, or until they are interrupted
 * @param resetPercent the percentage of calls whose connection is reset; 0 to 100
 * @param capacity the number of calls that are served at a time, while further calls wait; 1 to 1,000, or 0 for no
 *     limit
 */
public record Conditions(int failurePercent, int latencyMillis, boolean hanging, int resetPercent, int capacity) {
    static final Conditions NORMAL = new Conditions(0, 20, false, 0, 0);

    private static final Parameter FAILURE_PERCENT = new Parameter("failurePercent", 0, 100);
    private static final Parameter LATENCY_MILLIS = new Parameter("latencyMillis", 0, 2_000);
    private static final String HANGING = "hanging";
    private static final Parameter RESET_PERCENT = new Parameter("resetPercent", 0, 100);
    private static final Parameter CAPACITY = new Parameter("capacity", 0, 1_000);
    private static final List<String> NAMES =
            List.of(FAILURE_PERCENT.name(), LATENCY_MILLIS.name(), HANGING, RESET_PERCENT.name(), CAPACITY.name());

    /**
     * Returns these conditions with the values of a request; those that it leaves out stay as they are.
     *
     * @throws InvalidParameterException if a name is unknown, or a value is not accepted
     */
    Conditions with(JsonObject settings) {
        for (String name : settings.keySet()) {
            if (!NAMES.contains(name)) {
                throw new InvalidParameterException("a backend has the parameters " + String.join(", ", NAMES)
                        + ", but the body has " + Parameter.shown(name));
            }
        }
        return new Conditions(
                FAILURE_PERCENT.valueIn(settings, failurePercent),
                LATENCY_MILLIS.valueIn(settings, latencyMillis),
                hangingIn(settings),
                RESET_PERCENT.valueIn(settings, resetPercent),
                CAPACITY.valueIn(settings, capacity));
    }

    private boolean hangingIn(JsonObject settings) {
        JsonValue value = settings.getOrDefault(HANGING, hanging ? JsonValue.TRUE : JsonValue.FALSE);
        return switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default ->
                throw new InvalidParameterException(
                        HANGING + " must be true or false but was " + Parameter.shown(value.toString()));
        };
    }
}
