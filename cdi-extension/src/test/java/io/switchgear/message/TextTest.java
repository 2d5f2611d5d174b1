// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
