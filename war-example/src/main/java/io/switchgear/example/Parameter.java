// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;

/** A whole number within bounds that a visitor can set. */
record Parameter(String name, int min, int max) {
    /**
     * Parses the body of a request.
     *
     * @throws InvalidParameterException if it is not a JSON object
     */
    static JsonObject settings(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (JsonException malformed) {
            throw new InvalidParameterException("the body must be a JSON object");
        }
    }

    /**
     * Returns the value for this parameter.
     *
     * @throws InvalidParameterException if it is missing, not a whole number, or out of range
     */
    int valueIn(JsonObject settings) {
        JsonValue value = settings.get(name);
        if (value instanceof JsonNumber number && isWithinRange(number.doubleValue())) {
            return number.intValue();
        }
        throw new InvalidParameterException(name + " must be a whole number from " + min + " to " + max + " but was "
                + (value == null ? "missing" : value));
    }

    private boolean isWithinRange(double value) {
        return value == Math.rint(value) && value >= min && value <= max;
    }
}
