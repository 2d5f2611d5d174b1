// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;

/** A whole number within bounds that a visitor can set. */
record Parameter(String name, int min, int max) {
    private static final int MAX_SHOWN = 40;

    /**
     * Parses the body of a request.
     *
     * @throws InvalidParameterException if it is not a JSON object
     */
    static JsonObject settings(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (RuntimeException malformed) {
            // not a JsonException alone: parsers have limits of levels and digits, and various ways to say so
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
        if (value instanceof JsonNumber number && isWithinRange(number)) {
            return number.intValue();
        }
        throw new InvalidParameterException(name + " must be a whole number from " + min + " to " + max + " but was "
                + (value == null ? "missing" : shown(value.toString())));
    }

    /**
     * Returns the value for this parameter, or another value if it is missing.
     *
     * @throws InvalidParameterException if it is not a whole number, or out of range
     */
    int valueIn(JsonObject settings, int otherwise) {
        return settings.containsKey(name) ? valueIn(settings) : otherwise;
    }

    /** Returns a text as a message shows it: never more than a few characters of what a visitor sent. */
    static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : "a value of " + text.length() + " characters";
    }

    private boolean isWithinRange(JsonNumber number) {
        try {
            BigDecimal value = number.bigDecimalValue();
            return value.compareTo(BigDecimal.valueOf(min)) >= 0
                    && value.compareTo(BigDecimal.valueOf(max)) <= 0
                    && value.stripTrailingZeros().scale() <= 0;
        } catch (NumberFormatException tooLarge) {
            // an exponent of more digits than an int has
            return false;
        }
    }
}
