// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.pages.Page;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(SGR\\d{4})` \\| (\\w+) \\|", Pattern.MULTILINE);

    @Test
    void theManualHasEachNumberWithItsLevel() {
        List<String> rows = ROW.matcher(Page.ofManual("monitoring.md").text())
                .results()
                .map(MessageTest::levelAndNumber)
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Message.values()).map(MessageTest::logged).toList());
    }

    private static String levelAndNumber(MatchResult row) {
        return row.group(2) + " " + row.group(1);
    }

    /** Returns the level and the number of a message in the log. */
    private static String logged(Message message) {
        try (RecordedLog log = new RecordedLog()) {
            message.log(0, 0, 0, 0, 0);
            assertThat(log.lines()).hasSize(1);
            return log.lines().get(0).replaceAll(":.*", "");
        }
    }
}
