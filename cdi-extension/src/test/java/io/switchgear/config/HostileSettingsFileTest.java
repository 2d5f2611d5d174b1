// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents of a settings file that cost time, memory or log. */
@Timeout(20)
class HostileSettingsFileTest extends SettingsFileTestCase {
    private static final String LINE = "switchgear.breaker.\"a\".open-millis = 7";
    private static final Map<String, Map<Setting, String>> SEVEN = Map.of("a", Map.of(Setting.OPEN_MILLIS, "7"));

    private void write(String content) throws IOException {
        Files.write(path, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void rubbishOfManyLinesIsRefusedWithOneSentence() throws IOException {
        write("x\n".repeat(2_000_000));
        try (RecordedLog log = new RecordedLog()) {
            assertThatThrownBy(file::load)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("more than 100000 lines; remove what does not belong there");
            assertThatThrownBy(() -> file.save(SEVEN)).hasMessageContaining("more than 100000 lines");
            assertThat(log.lines()).isEmpty();
        }
        assertThat(path).hasSize(4_000_000);
    }

    @Test
    void aFileIsNotGivenMoreLinesThanAreRead() throws IOException {
        // one line that continues, as that is read faster
        write("x" + "\\\n".repeat(99_998) + "\n");
        file.save(SEVEN);
        assertThat(file.load()).isEqualTo(SEVEN);
        assertThatThrownBy(() -> file.save(Map.of("b", Map.of(Setting.OPEN_MILLIS, "8"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "settings cannot be saved in file " + path + ": it would have more than 100000 lines; forget"
                                + " saved settings that are no longer needed, or change those of many in configuration");
        assertThat(file.load()).isEqualTo(SEVEN);
        file.forget("a"::equals);
        file.save(Map.of("b", Map.of(Setting.OPEN_MILLIS, "8")));
        assertThat(file.load()).containsOnlyKeys("b");
    }

    @Test
    void settingsOfVeryManyBreakersAreRefusedRatherThanUnreadable() {
        Map<Setting, String> two = Map.of(Setting.OPEN_MILLIS, "8", Setting.FAILURE_THRESHOLD, "3");
        Map<String, Map<Setting, String>> many =
                IntStream.range(0, 55_000).boxed().collect(Collectors.toMap(i -> "hosts/" + i, i -> two));
        assertThatThrownBy(() -> file.save(many)).hasMessageContaining("it would have more than 100000 lines");
        assertThat(path).doesNotExist();
    }

    @Test
    void manyLinesThatAreIgnoredAreAFewLinesOfTheLog() throws IOException {
        write("x\n".repeat(90_000) + LINE);
        try (RecordedLog log = new RecordedLog()) {
            assertThat(file.load()).isEqualTo(SEVEN);
            assertThat(log.lines()).hasSize(21);
            assertThat(log.lines())
                    .last()
                    .isEqualTo("WARNING SGR0048: " + path + ": 89980 more lines ignored but kept in the file");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", " ", "\0", "\\u00e", "\u00ff", "=", "\\\\", "#", "\u00EF\u00BB\u00BF"})
    void oneHugeLineIsOneLineOfTheLogAtMost(String piece) throws IOException {
        write(piece.repeat(9_000_000 / piece.length()) + "\n" + LINE);
        try (RecordedLog log = new RecordedLog()) {
            assertThat(file.load()).isEqualTo(SEVEN);
            assertThat(log.lines()).hasSizeLessThan(2).allMatch(line -> line.length() < 800);
        }
    }

    @Test
    void manyContinuedLinesAfterAHugeIndentTakeNoTimeEach() throws IOException {
        write(" ".repeat(5_000_000) + "\\\n" + "\\\n".repeat(99_000) + "\n" + LINE);
        assertThat(file.load()).isEqualTo(SEVEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00EF\u00BB\u00BF",
                "\u00EF\u00BB\u00BF# comment\\\n",
                "\r\n",
                "\r",
                "\0\n",
                "\u00ff\n",
                "\\u12\n"
            })
    void whatIsBeforeALineDoesNotHideIt(String before) throws IOException {
        for (String end : List.of("", "\n", "\r\n", "\r")) {
            write(before + LINE + end);
            assertThat(file.load()).as("%s", before + LINE + end).isEqualTo(SEVEN);
            file.save(Map.of("b", Map.of(Setting.OPEN_MILLIS, "8")));
            assertThat(file.load()).containsKeys("a", "b").hasSize(2);
            assertThat(Files.readString(path, StandardCharsets.ISO_8859_1)).startsWith(before + LINE);
        }
    }
}
