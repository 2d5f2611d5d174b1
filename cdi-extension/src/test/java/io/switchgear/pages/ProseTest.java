// SPDX-License-Identifier: Apache-2.0
package io.switchgear.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that sources and pages are in plain technical English: they have none of a list of words. */
class ProseTest {
    private static final Pattern AVOIDED = Pattern.compile(
            "(?<![.\\w])(somebody|nobody|anybody|whoever|told|hears|heard|stands in|stood in|let alone|judgement)\\b",
            Pattern.CASE_INSENSITIVE);

    @Test
    void noSourceAndNoPageHasAWordToAvoid() throws IOException {
        List<String> found = new ArrayList<>();
        for (String ending : List.of(".java", ".md", ".html", ".js")) {
            List<Path> files = Page.files(ending);
            assertThat(files).as("files that end with %s", ending).isNotEmpty();
            for (Path file : files) {
                if (file.endsWith("ProseTest.java")) {
                    continue;
                }
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (AVOIDED.matcher(lines.get(i)).find()) {
                        found.add(Page.root().relativize(file) + ":" + (i + 1) + " "
                                + lines.get(i).strip());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
