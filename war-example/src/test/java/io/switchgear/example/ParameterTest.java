// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values that a parameter of the example accepts and refuses. */
class ParameterTest {
    private final Parameter parameter = new Parameter("failurePercent", 0, 100);

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "100, 100", "1e2, 100", "7.0, 7"})
    void wholeNumbersWithinTheRangeAreAccepted(String json, int value) {
        assertThat(parameter.valueIn(Parameter.settings("{\"failurePercent\": " + json + "}")))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "101", "0.5", "99.9", "4294967296", "1E+400", "\"50\"", "true", "null", "[1]"})
    void otherValuesAreRefusedWithNameRangeAndValue(String json) {
        assertThatThrownBy(() -> parameter.valueIn(Parameter.settings("{\"failurePercent\": " + json + "}")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("failurePercent must be a whole number from 0 to 100 but was " + json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"failurepercent\": 1}"})
    void aMissingValueIsRefused(String body) {
        assertThatThrownBy(() -> parameter.valueIn(Parameter.settings(body)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("failurePercent must be a whole number from 0 to 100 but was missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[1]", "7", "failurePercent=7"})
    void aBodyThatIsNotAnObjectIsRefused(String body) {
        assertThatThrownBy(() -> Parameter.settings(body))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("the body must be a JSON object");
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 1_000, 1_000_000})
    void noMoreOfARefusedValueIsSentBackThanAFewCharacters(int length) {
        String large = "x".repeat(length);
        assertThatThrownBy(() -> parameter.valueIn(Parameter.settings("{\"failurePercent\": \"" + large + "\"}")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageEndingWith("but was a value of " + (length + 2) + " characters");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 100_000})
    void aNumberOfManyDigitsIsRefusedAsAnyOther(int digits) {
        for (String number : List.of(
                "9".repeat(digits),
                "0." + "9".repeat(digits),
                "99." + "0".repeat(digits) + "1",
                "1e" + "9".repeat(digits),
                "1e-" + "9".repeat(9))) {
            assertThatThrownBy(() -> parameter.valueIn(Parameter.settings("{\"failurePercent\": " + number + "}")))
                    .isInstanceOf(InvalidParameterException.class)
                    .message()
                    .hasSizeLessThan(120);
        }
    }

    @Test
    void aBodyOfManyLevelsIsRefused() {
        for (String level : List.of("[", "{\"a\":")) {
            assertThatThrownBy(() -> Parameter.settings("{\"failurePercent\": " + level.repeat(100_000)))
                    .isInstanceOf(InvalidParameterException.class);
        }
    }
}
