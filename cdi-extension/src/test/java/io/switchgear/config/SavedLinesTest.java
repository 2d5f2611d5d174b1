package io.switchgear.config;

import static io.switchgear.settings.Setting.FAILURE_THRESHOLD;
import static io.switchgear.settings.Setting.OPEN_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import java.io.IOException;
import java.io.StringReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

    @Property(tries = 2000)
    void readsWhatPropertiesReads(@ForAll("contents") String content) throws IOException {
        assertThat(new SavedLines(content).settings()).isEqualTo(settings(content));
    }

    @Property(tries = 2000)
    void aSaveChangesNothingElseThatPropertiesReads(@ForAll("contents") String content) throws IOException {
        Map<String, Map<Setting, String>> saved = Map.of("b", Map.of(Setting.WINDOW_CALLS, "3"));
        String after = new SavedLines(content).with(saved);
        Map<Object, Object> expected = others(content);
        expected.put("switchgear.breaker.\"b\".window-calls", "3");
        assertThat(others(after)).isEqualTo(expected);
        assertThat(new SavedLines(after).settings().get("b")).isEqualTo(saved.get("b"));
        assertThat(new SavedLines(after).with(saved)).isEqualTo(after);
    }

    /** Without the key that is removed, and the empty one that Properties takes a backslash at the very end for. */
    private static Map<Object, Object> others(String content) throws IOException {
        Properties others = loaded(content);
        others.remove("switchgear.breaker.\"b\".open-millis");
        others.remove("");
        return others;
    }

    /** What {@link Properties} finds in the same text, one good value after the other. */
    private static Map<String, Map<Setting, String>> settings(String content) throws IOException {
        Map<String, Map<Setting, String>> settings = new TreeMap<>();
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                NamedSetting.ofKey((String) key)
                        .filter(known -> ((String) value).strip().matches("\\d+"))
                        .ifPresent(known -> settings.computeIfAbsent(known.name(), name -> new EnumMap<>(Setting.class))
                                .put(known.setting(), (String) value));
                return null;
            }
        };
        properties.load(new StringReader(content));
        return settings;
    }

    @Provide
    Arbitrary<String> contents() {
        Arbitrary<String> keys = Arbitraries.of(
                List.of(A + "open-millis=1", "switchgear.breaker.\"b\".open-millis : 2", "x = y", "z", "# c", "!", ""));
        Arbitrary<String> between =
                Arbitraries.of("\n", "\n", "\r\n", "\r", "\\\n", "\\\r\n", "\n\\\n", "\\\\\n", "\n \t", "\n\f", "\\");
        return keys.list()
                .ofMaxSize(8)
                .flatMap(lines -> between.list().ofSize(lines.size()).map(ends -> {
                    StringBuilder content = new StringBuilder();
                    for (int i = 0; i < lines.size(); i++) {
                        content.append(lines.get(i)).append(ends.get(i));
                    }
                    return content.toString();
                }));
    }
}
