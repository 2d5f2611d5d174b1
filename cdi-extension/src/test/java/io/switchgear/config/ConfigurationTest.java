// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.config.TestConfiguration.configured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.pages.Page;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.DefaultSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values {@link Configuration} gives to settings and switches, and which it refuses. */
class ConfigurationTest {
    private static final String ORDERS = "Orders#place(String,int)";

    @Test
    void theBreakersOwnValueWinsOverTheDefaultAndThatOverTheAnnotation() {
        Configuration configuration = configured(
                "switchgear.default.failure-threshold",
                "7",
                "switchgear.default.open-millis",
                "1000",
                "switchgear.breaker.\"" + ORDERS + "\".open-millis",
                " 2000 ",
                "switchgear.breaker.\"other\".open-millis",
                "3000",
                "something.else",
                "x");
        BreakerSettings annotated =
                BreakerSettings.builder().openMillis(500).successThreshold(9).build();
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings(ORDERS, annotated))
                .isEqualTo(annotated.toBuilder()
                        .failureThreshold(7)
                        .openMillis(2_000)
                        .build());
        assertThat(configuration.settings("third", annotated).openMillis()).isEqualTo(1_000);
        assertThat(configuration.unused()).containsExactly("switchgear.breaker.\"other\".open-millis");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingCanBeConfigured(Setting setting) {
        String value = setting.range() == null
                ? setting.legalValues().get(0)
                : Long.toString(setting.range().min() + 1);
        String word = setting.kind().word();
        String prefix =
                setting.kind() == TunableKind.BREAKER ? "switchgear.default." : "switchgear.default." + word + ".";
        Configuration forAll = configured(
                prefix + setting.key(),
                value,
                "switchgear.default.open-millis",
                "1",
                "switchgear.default.retry.delay-millis",
                "1");
        Configuration forOne = configured(
                "switchgear." + word + ".\"any\"." + setting.key(),
                value,
                "switchgear.breaker.\"any\".open-millis",
                "1",
                "switchgear.retry.\"any\".delay-millis",
                "1");
        for (Configuration configuration : List.of(forAll, forOne)) {
            assertThat(configuration.problems()).isEmpty();
            assertThat(settings(configuration, setting.kind()).get(setting))
                    .asString()
                    .startsWith(value);
        }
    }

    @SuppressWarnings("unchecked") // a record of settings is created from one of the same type
    private static <S extends TunableSettings<S>> S settings(Configuration configuration, TunableKind kind) {
        return configuration.settings("any", (S) DefaultSettings.of(kind));
    }

    @Test
    void anEnvironmentVariableReplacesItsKey() {
        Configuration configuration = configured(
                "SWITCHGEAR_DEFAULT_FAILURE_THRESHOLD", "7",
                "SWITCHGEAR_BREAKER__ORDERS_PLACE_STRING_INT___OPEN_MILLIS", "2000",
                "SWITCHGEAR_APPLICATION", "shop",
                "SWITCHGEAR_HOME", "not ours");
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.application()).contains("shop");
        BreakerSettings settings = configuration.settings(ORDERS, BreakerSettings.defaults());
        assertThat(settings.failureThreshold()).isEqualTo(7);
        assertThat(settings.openMillis()).isEqualTo(2_000);
        assertThat(configuration.unused()).isEmpty();
    }

    @Test
    void theStrongerSourceWinsWhetherByKeyOrByVariable() {
        ConfigEntry variable = new ConfigEntry("SWITCHGEAR_DEFAULT_OPEN_MILLIS", "1", "environment", 2);
        ConfigEntry file = new ConfigEntry("switchgear.default.open-millis", "2", "file", 1);
        ConfigEntry property = new ConfigEntry("switchgear.default.open-millis", "3", "system property", 3);
        assertThat(new Configuration(List.of(file, variable))
                        .settings("any", BreakerSettings.defaults())
                        .openMillis())
                .isEqualTo(1);
        assertThat(new Configuration(List.of(file, variable, property))
                        .settings("any", BreakerSettings.defaults())
                        .openMillis())
                .isEqualTo(3);
    }

    @Test
    void aBadValueIsNamedWithKeySourceValueAndRange() {
        Configuration configuration = configured(
                "switchgear.default.failure-threshold", "many",
                "switchgear.breaker.\"x\".open-millis", "-1");
        assertThat(configuration.problems())
                .as("wrong by itself, so once, and not for each breaker")
                .containsExactly(
                        "switchgear.default.failure-threshold (test) must be a whole number >= 1 and <= 1000000"
                                + " but was \"many\"");
        assertThatThrownBy(() -> configuration.settings("x", BreakerSettings.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "switchgear.breaker.\"x\".open-millis (test) must be a whole number >= 0 and <= 604800000 but"
                                + " was \"-1\"");
    }

    @Test
    void autosaveNeedsAFile() {
        assertThat(configured("switchgear.settings-autosave", "true").problems())
                .containsExactly("switchgear.settings-autosave (test) needs switchgear.settings-file, which is not"
                        + " configured");
    }

    @Test
    void aContradictionNamesTheKeyAndTheOtherSetting() {
        Configuration configuration = configured("switchgear.default.minimum-calls", "200");
        BreakerSettings annotated =
                BreakerSettings.builder().tripOn(TripOn.CALL_WINDOW).build();
        assertThatThrownBy(() -> configuration.settings("x", annotated))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "switchgear.default.minimum-calls (test) must be <= windowCalls (100, the default) but was 200");
    }

    @Test
    void mbeansCanBeSwitchedOff() {
        assertThat(configured().jmxEnabled()).isTrue();
        assertThat(configured("switchgear.jmx.enabled", "true").jmxEnabled()).isTrue();
        assertThat(configured("switchgear.jmx.enabled", "false").jmxEnabled()).isFalse();
        assertThat(configured("switchgear.jmx.enabled", "no").problems())
                .containsExactly("switchgear.jmx.enabled (test) must be true or false but was \"no\"");
    }

    @Test
    void mbeansCanBeMadeReadOnly() {
        assertThat(configured().jmxWritable()).isTrue();
        assertThat(configured("switchgear.jmx.writable", "false").jmxWritable()).isFalse();
        assertThat(configured("SWITCHGEAR_JMX_WRITABLE", "false").jmxWritable()).isFalse();
        assertThat(configured("switchgear.jmx.writable", "").problems())
                .containsExactly("switchgear.jmx.writable (test) must be true or false but was \"\"");
    }

    @Test
    void changesAreSavedAtOnceOnlyWhereThatIsConfigured() {
        assertThat(configured().settingsAutosave()).isFalse();
        assertThat(configured("switchgear.settings-autosave", "true").settingsAutosave())
                .isTrue();
        assertThat(configured("switchgear.settings-autosave", "yes").problems())
                .containsExactly("switchgear.settings-autosave (test) must be true or false but was \"yes\"");
    }

    @Test
    void aBreakerIsCriticalOnlyWhereThatIsConfigured() {
        Configuration configuration = configured(
                "switchgear.breaker.\"" + ORDERS + "\".critical",
                " true ",
                "switchgear.breaker.\"users\".critical",
                "false",
                "SWITCHGEAR_BREAKER__STOCK_EU__CRITICAL",
                "true");
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.unused()).hasSize(3);
        assertThat(configuration.critical(List.of(ORDERS))).isTrue();
        assertThat(configuration.critical(List.of("users"))).isFalse();
        assertThat(configuration.critical(List.of("stock eu"))).isTrue();
        assertThat(configuration.critical(List.of("others"))).isFalse();
        assertThat(configuration.unused()).isEmpty();
        assertThat(configuration.origins(TunableKind.BREAKER, ORDERS))
                .as("no setting")
                .isEmpty();
    }

    @Test
    void ofSeveralNamesTheLastThatSaysSoIsCriticalOrNot() {
        Configuration configuration = configured(
                "switchgear.breaker.\"hosts\".critical", "true",
                "switchgear.breaker.\"hosts/mirror\".critical", "false");
        assertThat(configuration.critical(List.of("hosts", "hosts/main"))).isTrue();
        assertThat(configuration.critical(List.of("hosts", "hosts/mirror"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"switchgear.breaker.\"users\".critical", "SWITCHGEAR_BREAKER__USERS__CRITICAL"})
    void criticalIsTrueOrFalseAndNothingElse(String key) {
        assertThat(configured(key, "yes").problems())
                .containsExactly(key + " (test) must be true or false but was \"yes\"");
    }

    @Test
    void eachConfiguredSettingNamesItsSource() {
        Configuration configuration = new Configuration(List.of(
                new ConfigEntry("switchgear.default.open-millis", "1", "file", 1),
                new ConfigEntry("switchgear.default.open-millis", "2", "system property", 3),
                new ConfigEntry("switchgear.default.failure-threshold", "3", "file", 1),
                new ConfigEntry("switchgear.breaker.\"x\".failure-threshold", "4", "file", 1),
                new ConfigEntry("SWITCHGEAR_BREAKER__X__TRIP_ON", "TIME_WINDOW", "environment", 2)));
        assertThat(configuration.origins(TunableKind.BREAKER, "x"))
                .isEqualTo(Map.of(
                        Setting.OPEN_MILLIS, "switchgear.default.open-millis (system property)",
                        Setting.FAILURE_THRESHOLD, "switchgear.breaker.\"x\".failure-threshold (file)",
                        Setting.TRIP_ON, "SWITCHGEAR_BREAKER__X__TRIP_ON (environment)"));
        assertThat(configuration.origins(TunableKind.BREAKER, "y"))
                .containsOnlyKeys(Setting.OPEN_MILLIS, Setting.FAILURE_THRESHOLD);
        assertThat(configured().origins(TunableKind.BREAKER, "x")).isEmpty();
        assertThat(configuration.unused()).as("asking is no use").hasSize(2);
    }

    @Test
    void ofSeveralNamesTheLastIsTheStrongest() {
        Configuration configuration = new Configuration(List.of(
                new ConfigEntry("switchgear.default.open-millis", "1", "system property", 3),
                new ConfigEntry("switchgear.breaker.\"all\".open-millis", "2", "file", 1),
                new ConfigEntry("switchgear.breaker.\"all\".failure-threshold", "3", "system property", 3),
                new ConfigEntry("switchgear.breaker.\"all/one\".failure-threshold", "4", "file", 1)));
        List<String> names = List.of("all", "all/one");
        assertThat(configuration.settings(names, BreakerSettings.defaults()))
                .isEqualTo(BreakerSettings.builder()
                        .openMillis(2)
                        .failureThreshold(4)
                        .build());
        assertThat(configuration.origins(TunableKind.BREAKER, names))
                .isEqualTo(Map.of(
                        Setting.OPEN_MILLIS, "switchgear.breaker.\"all\".open-millis (file)",
                        Setting.FAILURE_THRESHOLD, "switchgear.breaker.\"all/one\".failure-threshold (file)"));
    }

    @Test
    void numbersOfTheLibraryHaveDefaultsAndBounds() {
        assertThat(configured().maxMetered()).isEqualTo(1_000);
        assertThat(configured("switchgear.metrics.max-services", "0").maxMetered())
                .isZero();
        assertThat(configured("SWITCHGEAR_METRICS_MAX_SERVICES", "7").maxMetered())
                .isEqualTo(7);
        assertThat(configured().attentionLimits())
                .isEqualTo(new AttentionLimits(
                        Duration.ofMinutes(10), Duration.ofMinutes(60), 10, Duration.ofMinutes(10)));
        assertThat(configured(
                                "switchgear.attention.open-minutes", "1",
                                "switchgear.attention.forced-minutes", "2",
                                "switchgear.attention.flapping-transitions", "3",
                                "switchgear.attention.flapping-minutes", "4")
                        .attentionLimits())
                .isEqualTo(new AttentionLimits(Duration.ofMinutes(1), Duration.ofMinutes(2), 3, Duration.ofMinutes(4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100001", "many", "", "1.5", "99999999999"})
    void aNumberThatIsNoneOrOutOfBoundsIsRefused(String value) {
        Configuration configuration = configured("switchgear.metrics.max-services", value);
        assertThat(configuration.problems())
                .containsExactly("switchgear.metrics.max-services (test) must be a whole number from 0 to 100000 but"
                        + " was \"" + value + "\"");
        assertThat(configuration.maxMetered()).isEqualTo(1_000);
    }

    @Test
    void everyExampleOfThePagesIsValid() throws IOException {
        List<String> blocks = Page.all().stream()
                .flatMap(page -> page.code("properties").stream())
                .toList();
        assertThat(blocks).hasSizeGreaterThan(3);
        for (String block : blocks) {
            Properties properties = new Properties();
            properties.load(new StringReader(block));
            assertThat(properties).as(block).isNotEmpty();
            List<ConfigEntry> entries = properties.stringPropertyNames().stream()
                    .map(key -> new ConfigEntry(key, properties.getProperty(key), "page", 1))
                    .toList();
            // directories of other machines do not exist on this one
            assertThat(new Configuration(entries).problems())
                    .filteredOn(problem -> !problem.contains("must be in a directory that exists"))
                    .as(block)
                    .isEmpty();
        }
    }
}
