// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "orders, orders, true",
        "order, orders, false",
        "orders, order, false",
        "*, orders, true",
        "**, orders, true",
        "*, '', true",
        "?, '', false",
        "o*s, orders, true",
        "o*x, orders, false",
        "*er*, orders, true",
        "*r?, orders, true",
        "*r?s, orders, false",
        "o?d?r?, orders, true",
        "*ab*abc, xabxabxabc, true",
        "?x, '😀x', true",
        "??x, '😀x', false",
        "*?x, '😀x', true",
        "'😀*', '😀x', true",
        "[a-z]+, orders, false",
        ".*, orders, false",
        "Orders#place(*), 'Orders#place(String,int)', true",
    })
    void starsMatchTextAndQuestionMarksMatchCharacters(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).test(name)).isEqualTo(matches);
    }

    @Test
    void noPatternTakesLong() {
        NamePattern pattern = new NamePattern("*?".repeat(499) + "~");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(pattern.test("x".repeat(600))).isFalse());
    }
}
