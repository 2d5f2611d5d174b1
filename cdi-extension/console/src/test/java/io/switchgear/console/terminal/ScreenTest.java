// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.console.Generator;
import io.switchgear.console.Here;
import io.switchgear.console.model.Monitor;
import io.switchgear.console.model.View;
import java.time.Instant;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what fits on terminals of all sizes. */
class ScreenTest {
    private static final String REFUSAL = "Refused: MinimumCalls must be <= WindowCalls (100, the default) but was 200;"
            + " raise WindowCalls too, or use a smaller MinimumCalls. Nothing was changed";

    private final Generator shop = new Generator("shop", 40);
    private View view;

    @BeforeEach
    void read() {
        shop.fail(shop.get(7), 5);
        try (Monitor monitor = new Monitor(new Here(), next -> {})) {
            await().until(() -> monitor.last().detail() != null);
            view = monitor.last();
        }
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<String> lines(boolean ascii, int lines, int columns) {
        ObjectName selected = view.detail().mbean();
        // the size is asked for again after a second
        Screen screen = new Screen(ascii, new int[] {lines, columns});
        String frame = screen.of(view, selected, REFUSAL, "set MinimumCalls=200", view.at());
        return frame.replaceAll("\033\\[[?0-9;]*[A-Za-z]", "").lines().toList();
    }

    @ParameterizedTest
    @CsvSource({"24, 80", "30, 100", "50, 200", "15, 60", "12, 40", "60, 80"})
    void statusSelectionRefusalAndCommandFit(int lines, int columns) {
        List<String> shown = lines(false, lines, columns);
        assertThat(shown).hasSizeLessThanOrEqualTo(lines).allMatch(line -> line.length() <= columns);
        assertThat(shown.get(0)).startsWith("here: 40 breakers, 1 open");
        assertThat(shown).anyMatch(line -> line.startsWith(">   1 open "));
        assertThat(shown.get(shown.size() - 1)).startsWith("> set MinimumCalls=200");
        if (columns >= 60) {
            assertThat(String.join(" ", shown)).contains(REFUSAL);
            assertThat(shown).anyMatch(line -> line.startsWith(">") && line.contains("shop-7"));
        }
    }

    @Test
    void aTerminalOf80ColumnsShowsTheTimeLeftAndTheDetail() {
        List<String> shown = lines(false, 24, 80);
        assertThat(shown).anyMatch(line -> line.matches(">   1 open +shop-7 +\\d+ s .*"));
        assertThat(String.join(" ", shown)).contains("last trip: 5 consecutive failures (threshold 5)", "rejected  ");
    }

    @Test
    void withoutALanguageTheTerminalGetsAsciiAlone() {
        assertThat(String.join("\n", lines(true, 24, 40)))
                .matches("[\\n\\x20-\\x7e]+")
                .contains("~");
        assertThat(new Screen(true, new int[] {24, 80}).plain(view))
                .matches("[\\n\\x20-\\x7e]+")
                .contains("-% failed");
    }

    @Test
    void aLateAnswerIsSaidInTheFirstLineOfASmallTerminal() {
        Screen screen = new Screen(false, new int[] {15, 60});
        Instant late = view.at().plusSeconds(5);
        assertThat(screen.of(view, view.detail().mbean(), "", "", late)).contains("No answer for 5 s; this is old");
    }
}
