// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of log lines in the manual. */
class FleetMessageTest {
    @Test
    void theManualHasEachMessageWithItsLevel() throws Exception {
        String page = Files.readString(Path.of("../cdi-extension/src/site/markdown/fleet.md"));
        assertThat(page.lines()
                        .filter(line -> line.startsWith("| `SGR"))
                        .map(line -> line.replaceAll(" \\| [^|]*\\|$", "")))
                .containsExactlyElementsOf(Arrays.stream(FleetMessage.values())
                        .map(message -> "| `" + message.id() + "` | " + message.level())
                        .toList());
    }
}
