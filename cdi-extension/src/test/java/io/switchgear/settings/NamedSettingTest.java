// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSettingTest {
    @Test
    void isWrittenAsInConfiguration() {
        NamedSetting setting = new NamedSetting("Orders#place(String,int)", Setting.FAILURE_THRESHOLD);
        assertThat(setting.line("10"))
                .isEqualTo("switchgear.breaker.\"Orders#place(String,int)\".failure-threshold = 10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                " ",
                "two words : and = more",
                "a\"quote",
                "x\".open-millis",
                "\"",
                "a.b.c",
                "#",
                "!",
                "back\\slash\\",
                "C:\\u0041",
                "größe 工 \uD83D\uDE00",
                "half a pair \uD83D",
                "tab\tand\nnew\r\nlines\f\u0085\u2028"
            })
    void anyNameIsReadAgain(String name) throws IOException {
        isReadAgain(new NamedSetting(name, Setting.OPEN_MILLIS), "10");
    }

    /** Checks the key and the line of a setting. */
    static void isReadAgain(NamedSetting setting, String value) throws IOException {
        assertThat(NamedSetting.ofKey(setting.key())).contains(setting);
        String line = setting.line(value);
        Properties properties = new Properties();
        properties.load(new StringReader(line));
        assertThat(properties).isEqualTo(Map.of(setting.key(), value));
        Properties fromBytes = new Properties();
        fromBytes.load(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
        assertThat(fromBytes).isEqualTo(properties);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "switchgear.breaker.Orders.open-millis",
                "switchgear.breaker.\"Orders\".open",
                "switchgear.breaker.\"Orders\".openMillis",
                "switchgear.breaker.\"\".open-millis",
                "switchgear.default.open-millis",
                "xswitchgear.breaker.\"Orders\".open-millis",
                ""
            })
    void anythingElseIsNoKey(String key) {
        assertThat(NamedSetting.ofKey(key)).isEmpty();
    }

    @Test
    void everythingHasAName() {
        assertThatThrownBy(() -> new NamedSetting("", Setting.OPEN_MILLIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a name must not be empty");
    }

    @Test
    void linesAreInTheOrderOfNamesAndSettings() {
        assertThat(NamedSetting.lines(Map.of(
                        "b", Map.of(Setting.OPEN_MILLIS, "1", Setting.TRIP_ON, "TIME_WINDOW"),
                        "a", Map.of(Setting.WINDOW_CALLS, "2"),
                        "c", Map.of())))
                .containsExactly(
                        "switchgear.breaker.\"a\".window-calls = 2",
                        "switchgear.breaker.\"b\".trip-on = TIME_WINDOW",
                        "switchgear.breaker.\"b\".open-millis = 1");
    }
}
