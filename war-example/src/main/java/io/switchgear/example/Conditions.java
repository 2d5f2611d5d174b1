// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.json.JsonObject;

/**
 * The behaviour of the backend.
 *
 * @param failurePercent the percentage of calls that fail; 0 to 100
 * @param latencyMillis the duration of each call; 0 to 2,000
 */
public record Conditions(int failurePercent, int latencyMillis) {
    private static final Parameter FAILURE_PERCENT = new Parameter("failurePercent", 0, 100);
    private static final Parameter LATENCY_MILLIS = new Parameter("latencyMillis", 0, 2_000);

    static Conditions parse(String body) {
        JsonObject settings = Parameter.settings(body);
        return new Conditions(FAILURE_PERCENT.valueIn(settings), LATENCY_MILLIS.valueIn(settings));
    }
}
