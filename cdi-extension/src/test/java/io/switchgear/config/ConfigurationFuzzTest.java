// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.switchgear.fuzz.FuzzTarget;
import io.switchgear.fuzz.FuzzText;
import io.switchgear.fuzz.RandomInputs;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Configures breakers by keys and by environment variables. */
class ConfigurationFuzzTest {
    private static final FuzzTarget NAME_AND_VALUE = ConfigurationFuzzTest::checkNameAndValue;
    private static final FuzzTarget ENTRIES = ConfigurationFuzzTest::checkEntries;
    private static final BreakerSettings DEFAULTS = BreakerSettings.defaults();

    @FuzzTest
    void anEnvironmentVariableMeansWhatItsKeyMeans(byte[] nameAndValue) {
        NAME_AND_VALUE.runAndShorten(nameAndValue);
    }

    @FuzzTest
    void eachUnknownKeyIsAProblem(byte[] entries) {
        ENTRIES.runAndShorten(entries);
    }

    @Test
    void aRandomEnvironmentVariableMeansWhatItsKeyMeans() {
        List<String> pieces = List.of("a", "Z", "_", "#", "(", "\"", ".", "é", "工", "\n", "7", "x", FuzzText.BETWEEN);
        RandomInputs.run(2_000, RandomInputs.texts(12, pieces), NAME_AND_VALUE);
    }

    @Test
    void eachUnknownRandomKeyIsAProblem() {
        List<String> pieces = List.of(
                "switchgear.",
                "SWITCHGEAR_",
                "default.",
                "DEFAULT_",
                "breaker.",
                "BREAKER__",
                "service.",
                "retry.",
                "\"a\".",
                "\"",
                "open-millis",
                "OPEN_MILLIS",
                "max-attempts",
                "critical",
                "url",
                "jmx.enabled",
                "settings-file",
                "settings-autosave",
                "application",
                "attention.open-minutes",
                "=",
                "=true",
                "=7",
                "\n",
                "\n");
        RandomInputs.run(2_000, RandomInputs.texts(24, pieces), ENTRIES);
    }

    private static void checkNameAndValue(byte[] input) {
        List<String> fields = FuzzText.fields(input, 2);
        String name = fields.get(0);
        // a name with a star is a pattern, and no variable is one
        if (name.isEmpty() || name.contains("*")) {
            return;
        }
        List<Setting> settings = Setting.of(DEFAULTS.kind());
        String key = new NamedSetting(name, settings.get(name.length() % settings.size())).key();
        String value = fields.get(1);
        assertThat(outcome(name, variable(key), value).replace(variable(key), key))
                .as("the outcome of %s", variable(key))
                .isEqualTo(outcome(name, key, value));
    }

    /** Returns the settings of a breaker, or why there are none. */
    private static String outcome(String name, String key, String value) {
        Configuration configuration = new Configuration(List.of(new ConfigEntry(key, value, "environment", 2)));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.unused()).isEqualTo(Set.of(key));
        String outcome;
        try {
            outcome = DEFAULTS.changesTo(configuration.settings(name, DEFAULTS));
        } catch (IllegalArgumentException refused) {
            outcome = refused.getMessage();
            assertThat(outcome).contains(key + " (environment)");
        }
        assertThat(configuration.unused()).isEmpty();
        return outcome;
    }

    /** Returns a key in capitals, with {@code _} for each character that is no letter or digit of ASCII. */
    private static String variable(String key) {
        StringBuilder variable = new StringBuilder();
        key.codePoints().forEach(c -> {
            boolean small = c >= 'a' && c <= 'z';
            boolean kept = small || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            variable.append(kept ? (char) (small ? c - 32 : c) : '_');
        });
        return variable.toString();
    }

    private static void checkEntries(byte[] input) {
        List<ConfigEntry> entries = new ArrayList<>();
        for (String line : FuzzText.of(input).split("\n", -1)) {
            String[] sides = line.split("=", 2);
            entries.add(new ConfigEntry(sides[0], sides.length > 1 ? sides[1] : null, "test", 1));
        }
        Configuration configuration = new Configuration(entries);
        List<String> problems = configuration.problems();
        // a key may be written like the problem of another
        List<String> expected = entries.stream()
                .filter(entry -> isOfTheLibrary(entry) && !known(entry.key()))
                .map(entry -> entry + " is not known")
                .toList();
        for (ConfigEntry entry : entries) {
            if (isOfTheLibrary(entry)) {
                String problem = entry + " is not known";
                assertThat(problems.stream().anyMatch(each -> each.startsWith(problem)))
                        .as(problem)
                        .isEqualTo(expected.stream().anyMatch(each -> each.startsWith(problem)));
            }
        }
        checkValues(configuration, problems);
    }

    /** Returns whether it has a key that is that of this library but not of a setting of one breaker. */
    private static boolean isOfTheLibrary(ConfigEntry entry) {
        return entry.key().startsWith("switchgear.")
                && NamedSetting.ofKey(entry.key()).isEmpty();
    }

    private static boolean known(String key) {
        boolean isDefault = key.startsWith("switchgear.default.");
        boolean quoted =
                key.matches("(?s)switchgear\\.breaker\\.\".+\"\\.critical|switchgear\\.service\\.\".+\"\\.url");
        Set<String> library = Set.of(
                "switchgear.application",
                "switchgear.settings-file",
                "switchgear.settings-autosave",
                "switchgear.jmx.enabled",
                "switchgear.jmx.writable",
                "switchgear.metrics.max-services",
                "switchgear.attention.open-minutes",
                "switchgear.attention.forced-minutes",
                "switchgear.attention.flapping-transitions",
                "switchgear.attention.flapping-minutes");
        return quoted
                || library.contains(key)
                || (isDefault && isDefaultKey(key.substring("switchgear.default.".length())));
    }

    private static boolean isDefaultKey(String rest) {
        for (Setting setting : Setting.values()) {
            String prefix =
                    setting.kind() == DEFAULTS.kind() ? "" : setting.kind().word() + ".";
            if (rest.equals(prefix + setting.key())) {
                return true;
            }
        }
        return false;
    }

    /** Reads all values, which are the defaults where a problem is. */
    private static void checkValues(Configuration configuration, List<String> problems) {
        boolean flagsAreRight = problems.stream().noneMatch(problem -> problem.contains("must be true or false"));
        if (flagsAreRight && problems.isEmpty()) {
            configuration.application().ifPresent(name -> assertThat(name).isNotBlank());
        }
        assertThat(configuration.maxMetered()).isBetween(0, 100_000);
        assertThat(configuration.attentionLimits()).isNotNull();
        Map<String, Configuration.Configured> services = configuration.services();
        assertThat(services).doesNotContainKey("");
        try {
            assertThat(configuration.settings("a", DEFAULTS)).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining(" (test)");
        }
    }
}
