// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void aNumberIsFollowedByItsNounInSingularOrPlural() {
        assertThat(Text.count(0, "breaker")).isEqualTo("0 breakers");
        assertThat(Text.count(1, "breaker")).isEqualTo("1 breaker");
        assertThat(Text.count(2, "breaker")).isEqualTo("2 breakers");
    }
}
