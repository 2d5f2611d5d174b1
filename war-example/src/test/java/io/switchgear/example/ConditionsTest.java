// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that change the conditions of a backend. */
class ConditionsTest {
    private static final Conditions BEFORE = new Conditions(1, 2, true, 3, 4);

    private static Conditions changed(String body) {
        return BEFORE.with(Parameter.settings(body));
    }

    @Test
    void whatARequestLeavesOutStays() {
        assertThat(changed("{}")).isEqualTo(BEFORE);
        assertThat(changed("{\"failurePercent\": 100}")).isEqualTo(new Conditions(100, 2, true, 3, 4));
        assertThat(changed("{\"latencyMillis\": 2000}")).isEqualTo(new Conditions(1, 2_000, true, 3, 4));
        assertThat(changed("{\"hanging\": false}")).isEqualTo(new Conditions(1, 2, false, 3, 4));
        assertThat(changed("{\"resetPercent\": 0, \"capacity\": 0}")).isEqualTo(new Conditions(1, 2, true, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"latencyMillis": 2001}   | latencyMillis must be a whole number from 0 to 2000 but was 2001
            {"resetPercent": -1}      | resetPercent must be a whole number from 0 to 100 but was -1
            {"capacity": 1001}        | capacity must be a whole number from 0 to 1000 but was 1001
            {"failurePercent": null}  | failurePercent must be a whole number from 0 to 100 but was null
            {"hanging": "true"}       | hanging must be true or false but was "true"
            {"hanging": 1}            | hanging must be true or false but was 1
            {"failurepercent": 1}     | a backend has the parameters failurePercent, latencyMillis, hanging, resetPercent, capacity, but the body has failurepercent
            """)
    void whatNoBackendHasIsRefused(String body, String message) {
        assertThatThrownBy(() -> changed(body))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage(message);
    }

    @Test
    void noMoreOfAnUnknownNameIsSentBackThanAFewCharacters() {
        assertThatThrownBy(() -> changed("{\"" + "x".repeat(900) + "\": 1}"))
                .isInstanceOf(InvalidParameterException.class)
                .message()
                .hasSizeLessThan(200);
    }
}
