// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @Test
    void aCallerWhoseNameReadsLikeAnAuthorOfTheLibraryIsInQuotes() {
        for (String name :
                List.of("code", "configuration", "configuration x", "saved in", "saved in heaven", " code\n")) {
            assertThat(Text.caller(name)).isEqualTo('"' + name.strip() + '"');
        }
        for (String name : List.of("ada", "Code", "coder", "configurations", "unsaved in x", "a code", "")) {
            assertThat(Text.caller(name)).isEqualTo(name);
        }
        assertThat(Text.caller("configuration\u0000" + "x".repeat(300))).hasSize(205);
    }

    @Test
    void aNumberIsFollowedByItsNounInSingularOrPlural() {
        assertThat(Text.count(0, "breaker")).isEqualTo("0 breakers");
        assertThat(Text.count(1, "breaker")).isEqualTo("1 breaker");
        assertThat(Text.count(2, "breaker")).isEqualTo("2 breakers");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "1e-9, less than 0.1 %",
        ".001, 0.1 %",
        ".0049, 0.5 %",
        ".094, 9.4 %",
        ".095, 10 %",
        ".62, 62 %",
        ".99, 99 %",
        ".995, 99.5 %",
        ".999, 99.9 %",
        ".9991, more than 99.9 %",
        "1, 100 %"
    })
    void aPartOfAWholeIsNeverShownAsNothingOrAll(double part, String text) {
        assertThat(Text.percent(part)).isEqualTo(text);
    }
}
