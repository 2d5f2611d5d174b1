// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.fuzz.FuzzText;
import io.switchgear.fuzz.RandomInputs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Changes settings to any text. An input has two lists of changes, one {@code NAME=text} a line: those that lead from
 * the defaults to the settings in force, which are ignored if they are refused, and those that are checked.
 */
class SettingsFuzzTest {
    private static final FuzzTarget CHANGES = SettingsFuzzTest::checkChanges;

    @FuzzTest
    void changesAreDoneWholeOrRefusedByName(byte[] changes) {
        CHANGES.runAndShorten(changes);
    }

    @Test
    void randomChangesAreDoneWholeOrRefusedByName() {
        List<String> pieces = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            pieces.add(setting + "=");
            pieces.addAll(setting.legalValues());
            if (setting.range() != null) {
                pieces.add(setting.range().min() + "\n");
                pieces.add(setting.range().max() + "\n");
                pieces.add(setting + "=" + setting.defaultValue() + "\n");
            }
        }
        pieces.addAll(List.of("TRIP_ON=CALL_WINDOW\n", "OPEN_BACKOFF_FACTOR=2\n", "MINIMUM_CALLS=7\n"));
        pieces.addAll(List.of("\n", "\n", "\n", " ", "0", "1", "-", ".", "e", "e9", "NaN", "{openMillis}", "9"));
        pieces.addAll(List.of(FuzzText.BETWEEN, FuzzText.BETWEEN, FuzzText.BETWEEN));
        RandomInputs.run(4_000, RandomInputs.texts(16, pieces), CHANGES);
    }

    private static void checkChanges(byte[] input) {
        List<String> fields = FuzzText.fields(input, 2);
        Map<Setting, String> changes = changes(fields.get(1));
        changes.forEach(SettingsFuzzTest::checkValue);
        TunableKind kind =
                changes.keySet().stream().findFirst().map(Setting::kind).orElse(TunableKind.BREAKER);
        checkChange(present(kind, changes(fields.get(0))), changes);
    }

    private static Map<Setting, String> changes(String text) {
        Map<Setting, String> changes = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] sides = line.split("=", 2);
            Arrays.stream(Setting.values())
                    .filter(setting -> sides.length == 2 && setting.name().equals(sides[0]))
                    .forEach(setting -> changes.put(setting, sides[1]));
        }
        return changes;
    }

    private static TunableSettings<?> present(TunableKind kind, Map<Setting, String> changes) {
        TunableSettings<?> defaults = DefaultSettings.of(kind);
        try {
            return defaults.with(changes);
        } catch (InvalidSettingsException refused) {
            return defaults;
        }
    }

    /** Checks that a value in range comes out of a text, the same as out of a number of any type, or a refusal. */
    private static void checkValue(Setting setting, String text) {
        try {
            Object value = setting.parse(text);
            assertInRange(setting, value);
            assertThat(setting.parse(value)).isEqualTo(value);
            assertThat(setting.parse(value.toString())).isEqualTo(value);
            if (setting.range() != null) {
                BigDecimal exact = new BigDecimal(text.strip());
                assertThat(((Number) value).doubleValue()).as("\"%s\"", text).isEqualTo(exact.doubleValue());
                assertThat(setting.parse(exact)).as("%s", exact).isEqualTo(value);
                assertThat(setting.parse(exact.doubleValue())).isEqualTo(value);
            }
        } catch (InvalidSettingsException refused) {
            String shown = text.length() <= 60 ? text : text.substring(0, 60) + "...";
            assertThat(refused)
                    .hasMessageStartingWith(setting.memberName() + " must be ")
                    .hasMessageEndingWith(" but was \"" + shown + "\"");
            assertThat(refused.messageNaming(Setting::attributeName)).endsWith(" but was \"" + shown + "\"");
        }
    }

    private static void assertInRange(Setting setting, Object value) {
        Setting.Range range = setting.range();
        if (range == null) {
            assertThat(setting.legalValues()).contains(value.toString());
        } else {
            double number = ((Number) value).doubleValue();
            assertThat(number).isBetween((double) range.min(), (double) range.max());
            assertThat(range.above() && number == range.min())
                    .as("at the excluded end")
                    .isFalse();
        }
        Class<?> type = setting.type();
        assertThat(value.getClass())
                .isEqualTo(
                        type == int.class
                                ? Integer.class
                                : type == long.class
                                        ? Long.class
                                        : type == double.class
                                                ? Double.class
                                                : type == boolean.class ? Boolean.class : type);
    }

    private static void checkChange(TunableSettings<?> present, Map<Setting, String> changes) {
        Map<Setting, Object> before = values(present);
        try {
            TunableSettings<?> after = present.with(changes);
            Map<Setting, Object> expected = new TreeMap<>(before);
            changes.forEach((setting, text) -> expected.put(setting, setting.parse(text)));
            assertThat(values(after)).isEqualTo(expected);
            assertThat(DefaultSettings.of(after.kind()).with(values(after))).isEqualTo(after);
            assertAgree(after);
        } catch (InvalidSettingsException refused) {
            checkRefusal(refused, present.kind(), changes);
        }
        assertThat(values(present)).as("the settings before the change").isEqualTo(before);
    }

    private static Map<Setting, Object> values(TunableSettings<?> settings) {
        Map<Setting, Object> values = new TreeMap<>();
        Setting.of(settings.kind()).forEach(setting -> values.put(setting, settings.get(setting)));
        return values;
    }

    private static void assertAgree(TunableSettings<?> settings) {
        if (settings instanceof BreakerSettings breaker) {
            assertThat(breaker.tripOn() == TripOn.CALL_WINDOW && breaker.minimumCalls() > breaker.windowCalls())
                    .isFalse();
            assertThat(breaker.openBackoffFactor() > 1 && breaker.openMaxMillis() < breaker.openMillis())
                    .isFalse();
        } else if (settings instanceof RetrySettings retry) {
            assertThat(retry.backoffFactor() > 1 && retry.maxDelayMillis() < retry.delayMillis())
                    .isFalse();
        }
    }

    private static void checkRefusal(InvalidSettingsException refused, TunableKind kind, Map<Setting, String> changes) {
        List<String> wrong = changes.entrySet().stream()
                .filter(change -> change.getKey().kind() != kind || isRefused(change.getKey(), change.getValue()))
                .map(change -> change.getKey().memberName())
                .toList();
        if (wrong.isEmpty()) {
            assertThat(changes.keySet().stream().map(Setting::memberName))
                    .as("changes of which one is in: %s", refused.getMessage())
                    .anyMatch(name -> refused.getMessage().contains(name));
        } else {
            assertThat(refused.problems()).as("problems with %s", changes).hasSameSizeAs(wrong);
            assertThat(wrong)
                    .allSatisfy(name ->
                            assertThat(refused.problems()).anyMatch(problem -> problem.startsWith("{" + name + "} ")));
        }
    }

    private static boolean isRefused(Setting setting, String text) {
        try {
            setting.parse(text);
            return false;
        } catch (InvalidSettingsException refused) {
            return true;
        }
    }
}
