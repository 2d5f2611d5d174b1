// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.fuzz.FuzzText;
import io.switchgear.fuzz.RandomInputs;
import io.switchgear.message.NamePattern;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares the matching of names with its definition. */
class NamePatternFuzzTest {
    private static final FuzzTarget PATTERN_AND_NAME = NamePatternFuzzTest::checkPatternAndName;

    @FuzzTest
    void matchesByDefinition(byte[] patternAndName) {
        PATTERN_AND_NAME.runAndShorten(patternAndName);
    }

    @Test
    void matchesByDefinitionOnRandomNames() {
        List<String> pieces =
                List.of("a", "a", "b", "*", "*", "?", "\"", " ", "\n", FuzzText.BETWEEN, FuzzText.BETWEEN);
        RandomInputs.run(4_000, RandomInputs.texts(20, pieces), PATTERN_AND_NAME);
    }

    private static void checkPatternAndName(byte[] input) {
        List<String> fields = FuzzText.fields(input, 2);
        String sent = fields.get(0);
        String name = fields.get(1);
        assertThat(new NamePattern(sent).test(name))
                .as("\"%s\" matches \"%s\"", sent, name)
                .isEqualTo(matches(sent, name));

        boolean usable = !sent.isBlank() && sent.length() <= 1_000;
        try {
            NamePattern given = Parameter.given(List.of(Parameter.NAME_PATTERN), new Object[] {sent})
                    .names();
            assertThat(usable).as("\"%s\" can be used", sent).isTrue();
            assertThat(given.pattern()).isNotEmpty();
            assertThat(sent).contains(given.pattern());
        } catch (IllegalArgumentException refused) {
            assertThat(usable).as(refused.getMessage()).isFalse();
            assertThat(refused.getMessage()).hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    /** Returns whether a name matches: for each start of the pattern it is known which starts of the name match it. */
    private static boolean matches(String pattern, String text) {
        int[] name = text.codePoints().toArray();
        boolean[] reached = new boolean[name.length + 1];
        reached[0] = true;
        for (int p : pattern.codePoints().toArray()) {
            boolean[] next = new boolean[name.length + 1];
            for (int n = 0; n <= name.length; n++) {
                boolean oneMore = n > 0 && reached[n - 1] && (p == '?' || p == name[n - 1]);
                next[n] = p == '*' ? reached[n] || (n > 0 && next[n - 1]) : oneMore;
            }
            reached = next;
        }
        return reached[name.length];
    }
}
