// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.fuzz.RandomInputs;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares what is read from the content of a settings file, and what a save does to it, with {@link Properties}. */
class SavedLinesFuzzTest {
    private static final FuzzTarget CONTENT = SavedLinesFuzzTest::check;
    private static final Map<String, Map<Setting, String>> SAVED = Map.of("b", Map.of(Setting.WINDOW_CALLS, "3"));

    @FuzzTest
    void readsAndSavesWhatPropertiesReads(byte[] content) {
        CONTENT.runAndShorten(content);
    }

    @Test
    void readsAndSavesWhatPropertiesReadsInRandomContents() {
        List<String> pieces = List.of(
                "switchgear.breaker.\"a\".open-millis=1",
                "switchgear.breaker.\"a\".trip-on=NEVER",
                "switchgear.breaker.\"b\".open-millis : 2",
                "switchgear.breaker.\"b\".window-calls 5",
                "switchgear.retry.\"b\".max-attempts=4",
                "x = y",
                "z",
                "# c",
                "!",
                "\n",
                "\n",
                "\n",
                "\r\n",
                "\r",
                "\\\n",
                "\\\r\n",
                "\n\\\n",
                "\\\\\n",
                "\n \t",
                "\n\f",
                "\\",
                "\uFEFF",
                "\0",
                "\\u0062",
                "\\u00");
        RandomInputs.run(4_000, RandomInputs.texts(20, pieces), CONTENT);
    }

    private static void check(byte[] bytes) {
        String content = latin1(bytes);
        SavedLines lines = new SavedLines(content);
        Map<String, Map<Setting, String>> settings = lines.settings();
        String after = lines.with(SAVED);
        properties(content)
                .ifPresent(pairs ->
                        assertThat(settings).as("settings in\n%s", content).isEqualTo(settings(pairs)));
        checkSave(content, after);
        checkProblems(lines, content);

        assertThat(lines.with(settings))
                .as("the same saved again")
                .satisfies(same -> assertThat(new SavedLines(same).settings()).isEqualTo(settings));
    }

    private static void checkSave(String content, String after) {
        Map<String, Map<Setting, String>> expected = new TreeMap<>(new SavedLines(content).settings());
        expected.put("b", SAVED.get("b"));
        SavedLines saved = new SavedLines(after);
        assertThat(saved.settings()).as("settings after a save to\n%s", content).isEqualTo(expected);
        assertThat(saved.with(SAVED)).as("a second save").isEqualTo(after);
        assertThat(after.length()).isLessThan(content.length() + 60);
        // a text that Properties refuses may have been in a value that was replaced, but none is added
        properties(content)
                .ifPresent(pairs -> assertThat(properties(after).map(SavedLinesFuzzTest::others))
                        .as("others after a save to\n%s", content)
                        .contains(others(pairs)));
    }

    private static void checkProblems(SavedLines lines, String content) {
        List<Integer> numbers = new ArrayList<>();
        lines.problems((problem, number) -> {
            assertThat(problem).hasSizeBetween(1, 600).doesNotContainPattern("\\p{Cntrl}");
            numbers.add(number);
        });
        assertThat(numbers).as("lines with problems in\n%s", content).isSorted().doesNotHaveDuplicates();
        assertThat(numbers)
                .allSatisfy(number ->
                        assertThat((long) number).isBetween(1L, content.lines().count()));
    }

    /** Returns the pairs that {@link Properties} reads, one after the other; empty if it refuses the text. */
    private static Optional<List<Map.Entry<String, String>>> properties(String content) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                pairs.add(Map.entry((String) key, (String) value));
                return null;
            }
        };
        try {
            properties.load(new StringReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString()
                    // a byte order mark at the beginning belongs to no key
                    .replaceFirst("^\uFEFF", "")));
            return Optional.of(pairs);
        } catch (CharacterCodingException | IllegalArgumentException notProperties) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns the settings in these pairs; of several valid values of one the last. */
    private static Map<String, Map<Setting, String>> settings(List<Map.Entry<String, String>> pairs) {
        Map<String, Map<Setting, String>> settings = new TreeMap<>();
        pairs.forEach(pair -> NamedSetting.ofKey(pair.getKey())
                .filter(known -> isTaken(known.setting(), pair.getValue()))
                .ifPresent(known -> settings.computeIfAbsent(known.name(), name -> new EnumMap<>(Setting.class))
                        .put(known.setting(), pair.getValue())));
        return settings;
    }

    private static boolean isTaken(Setting setting, String value) {
        try {
            setting.parse(value);
            return true;
        } catch (InvalidSettingsException refused) {
            return false;
        }
    }

    /**
     * Returns all but the settings of {@code b}. Leaves out the empty key too, as which {@link Properties} reads a
     * backslash at the very end.
     */
    private static Map<String, String> others(List<Map.Entry<String, String>> pairs) {
        Map<String, String> others = new HashMap<>();
        pairs.forEach(pair -> others.put(pair.getKey(), pair.getValue()));
        others.keySet()
                .removeIf(key -> key.isEmpty()
                        || NamedSetting.ofKey(key)
                                .filter(known -> known.name().equals("b"))
                                .isPresent());
        return others;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
