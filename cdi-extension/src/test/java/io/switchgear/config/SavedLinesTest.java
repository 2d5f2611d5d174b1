// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;
import static io.switchgear.settings.Setting.OPEN_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedLinesTest {
    private static final String A = "switchgear.breaker.\"a\".";
    private static final String SAVED = A + "open-millis = 2\n";

    private static String saved(String content) {
        return new SavedLines(content).with(Map.of("a", Map.of(OPEN_MILLIS, "2")));
    }

    @Test
    void theLastOfSeveralLinesCountsAndStays() {
        String content = A + "open-millis=1\n# between\n" + A + "open-millis:3\n";
        assertThat(new SavedLines(content).settings()).isEqualTo(Map.of("a", Map.of(OPEN_MILLIS, "3")));
        assertThat(saved(content)).isEqualTo("# between\n" + SAVED);
        assertThat(saved(A + "open-millis=1\n" + A + "open-millis=oops\n# end\n"))
                .isEqualTo(SAVED + "# end\n");
    }

    @Test
    void aDamagedLineDoesNotHideAGoodOne() {
        String content = A + "open-millis=1\n" + A + "open-millis=oops\n";
        assertThat(new SavedLines(content).settings()).isEqualTo(Map.of("a", Map.of(OPEN_MILLIS, "1")));
    }

    @Test
    void duplicatesOfOtherBreakersAreLeftAlone() {
        String others = "switchgear.breaker.\"b\".open-millis=1\nswitchgear.breaker.\"b\".open-millis=2\n";
        assertThat(saved(others)).isEqualTo(others + SAVED);
    }

    @Test
    void linesThatGoOnAreKeptAsTheyAreWritten() {
        String content = "\t" + A + "failure-\\\r\n   threshold = \\\r\n  7\r\n! end\\\r\n";
        assertThat(new SavedLines(content).settings()).isEqualTo(Map.of("a", Map.of(FAILURE_THRESHOLD, "7")));
        assertThat(new SavedLines(content).with(Map.of("b", Map.of()))).isEqualTo(content);
        assertThat(new SavedLines(content).with(Map.of("a", Map.of(FAILURE_THRESHOLD, "7"))))
                .isEqualTo(content);
        assertThat(new SavedLines(content).with(Map.of("a", Map.of()))).isEqualTo("! end\\\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# comment",
                "# comment\\",
                "other=1",
                "other=1\\",
                "other=1\\\n",
                "other=1\\\\",
                "other=1\\\r\n",
                "other=1\\\r",
                "other=1\r",
                "other=1\\\n\n"
            })
    void whatIsAddedIsNeverPartOfAnUnfinishedLine(String end) throws IOException {
        String after = saved(end);
        assertThat(after).startsWith(end).endsWith(SAVED);
        Properties expected = new Properties();
        expected.load(new StringReader(end));
        expected.setProperty(A + "open-millis", "2");
        assertThat(loaded(after)).isEqualTo(expected);
    }

    private static Properties loaded(String content) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(content));
        return properties;
    }
}
