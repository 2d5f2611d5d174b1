// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.fuzz.FuzzText;
import io.switchgear.fuzz.RandomInputs;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads keys, and writes the lines of settings files. */
class NamedSettingFuzzTest {
    private static final FuzzTarget KEY = NamedSettingFuzzTest::checkKey;
    private static final FuzzTarget NAME_AND_VALUE = NamedSettingFuzzTest::checkNameAndValue;
    private static final List<Setting> SETTINGS = List.of(Setting.values());
    private static final List<String> PIECES = List.of(
            "switchgear.",
            "breaker.",
            "retry.",
            "\"",
            "\".",
            "open-millis",
            "max-attempts",
            ".",
            "Orders#place(String,int)",
            " ",
            "\\",
            "=",
            ":",
            "#",
            "\n",
            "\r",
            "\u0085",
            "\u2028",
            "\uD83D",
            "\uDE00",
            FuzzText.BETWEEN);

    @FuzzTest
    void aKeyIsThatOfItsSettingOrOfNone(byte[] key) {
        KEY.runAndShorten(key);
    }

    @FuzzTest
    void anyNameAndValueAreReadAgain(byte[] nameAndValue) {
        NAME_AND_VALUE.runAndShorten(nameAndValue);
    }

    @Test
    void aRandomKeyIsThatOfItsSettingOrOfNone() {
        RandomInputs.run(2_000, RandomInputs.texts(10, PIECES), KEY);
    }

    @Test
    void anyRandomNameAndValueAreReadAgain() {
        RandomInputs.run(2_000, RandomInputs.texts(10, PIECES), NAME_AND_VALUE);
    }

    private static void checkKey(byte[] input) {
        String key = FuzzText.of(input);
        NamedSetting.ofKey(key)
                .ifPresent(setting ->
                        assertThat(setting.key()).as("the key of %s", setting).isEqualTo(key));
    }

    private static void checkNameAndValue(byte[] input) throws IOException {
        List<String> fields = FuzzText.fields(input, 2);
        String name = fields.get(0);
        if (!name.isEmpty()) {
            Setting setting = SETTINGS.get(name.length() % SETTINGS.size());
            NamedSettingTest.isReadAgain(new NamedSetting(name, setting), fields.get(1));
        }
    }
}
