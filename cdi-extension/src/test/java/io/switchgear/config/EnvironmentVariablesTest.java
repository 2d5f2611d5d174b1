// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.config.ListedConfig.configuration;
import static io.switchgear.config.ListedConfig.environment;
import static io.switchgear.config.ListedConfig.file;
import static io.switchgear.config.ListedConfig.systemProperties;
import static io.switchgear.config.TestConfiguration.configured;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.message.RecordedLog;
import io.switchgear.pages.Page;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.DefaultSettings;
import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Environment variables, through MicroProfile Config, which lists each of them in other words too, and without it. */
class EnvironmentVariablesTest {
    private static final String ORDERS = "Orders#place(String,int)";

    @ParameterizedTest
    @EnumSource(Setting.class)
    void eachSettingCanBeAVariable(Setting setting) {
        String value = setting.range() == null
                ? setting.legalValues().get(0)
                : Long.toString(setting.range().min() + 1);
        String forOne = ConfigKeys.variable(new NamedSetting(ORDERS, setting).key());
        for (String variable : List.of(ConfigKeys.variable(ConfigKeys.ofDefault(setting)), forOne)) {
            // whatever else it needs to be valid
            Configuration configuration = configuration(environment(
                    variable,
                    value,
                    "SWITCHGEAR_DEFAULT_OPEN_MILLIS",
                    "1",
                    "SWITCHGEAR_DEFAULT_RETRY_DELAY_MILLIS",
                    "1"));
            assertThat(configuration.problems()).as(variable).isEmpty();
            assertThat(settings(configuration, setting.kind()).get(setting))
                    .asString()
                    .startsWith(value);
            assertThat(configuration.unused()).as(variable).isEmpty();
        }
    }

    @SuppressWarnings("unchecked") // a record of settings is created from one of the same type
    private static <S extends TunableSettings<S>> S settings(Configuration configuration, TunableKind kind) {
        return configuration.settings(ORDERS, (S) DefaultSettings.of(kind));
    }

    @Test
    void eachOfTheLibrarysOwnKeysCanBeAVariable() {
        Configuration configuration = configuration(environment(
                "SWITCHGEAR_APPLICATION", "shop",
                "SWITCHGEAR_SETTINGS_FILE", "x.properties",
                "SWITCHGEAR_SETTINGS_AUTOSAVE", "true",
                "SWITCHGEAR_JMX_ENABLED", "false",
                "SWITCHGEAR_JMX_WRITABLE", "false",
                "SWITCHGEAR_METRICS_MAX_SERVICES", "7",
                "SWITCHGEAR_ATTENTION_OPEN_MINUTES", "8"));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.application()).contains("shop");
        assertThat(configuration.settingsFile("shop"))
                .hasValueSatisfying(file -> assertThat(file).hasFileName("x.properties"));
        assertThat(configuration.settingsAutosave()).isTrue();
        assertThat(configuration.jmxEnabled()).isFalse();
        assertThat(configuration.jmxWritable()).isFalse();
        assertThat(configuration.maxMetered()).isEqualTo(7);
        assertThat(configuration.attentionLimits().open()).hasMinutes(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {ORDERS, "payments", "a.b", "(a)", "#", "_", "stock: eu", "stock_eu", "1", "\"x\"", "é"})
    void aVariableIsForANameOfAnyCharacters(String name) {
        String key = new NamedSetting(name, Setting.OPEN_MILLIS).key();
        Configuration configuration = configuration(environment(
                ConfigKeys.variable(key),
                "2000",
                ConfigKeys.variable(ConfigKeys.named(TunableKind.BREAKER, name, ConfigKeys.CRITICAL_KEY)),
                "true"));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings(name, BreakerSettings.defaults()).openMillis())
                .isEqualTo(2_000);
        assertThat(configuration.critical(List.of(name))).isTrue();
        assertThat(configuration.unused()).isEmpty();
    }

    @Test
    void eachVariableOfTheManualIsThatOfItsKey() {
        List<MatchResult> rows = Pattern.compile("\\| `(switchgear\\.\\S+)` \\| `(SWITCHGEAR_\\w+)` \\|")
                .matcher(Page.ofManual("configuration.md").text())
                .results()
                .toList();
        assertThat(rows).hasSizeGreaterThan(3).allSatisfy(row -> {
            String key = row.group(1);
            String value = key.endsWith("url") ? "http://x" : key.endsWith("writable") ? "true" : "7";
            assertThat(configuration(environment(row.group(2), value)).problems())
                    .isEmpty();
            assertThat(configuration(file(key, "1"), environment(row.group(2), value))
                            .problems())
                    .isEmpty();
            assertThat(ConfigKeys.variable(key)).isEqualTo(row.group(2));
        });
    }

    @Test
    void aVariableWithABadValueIsNamedOnceAsItIsWritten() {
        assertThat(configuration(environment(
                                "SWITCHGEAR_DEFAULT_OPEN_MILLIS", "soon",
                                "SWITCHGEAR_JMX_ENABLED", "no",
                                "SWITCHGEAR_BREAKER__USERS__CRITICAL", "maybe"))
                        .problems())
                .containsExactly(
                        "SWITCHGEAR_DEFAULT_OPEN_MILLIS (EnvConfigSource) must be a whole number >= 0 and <= 604800000"
                                + " but was \"soon\"",
                        "SWITCHGEAR_JMX_ENABLED (EnvConfigSource) must be true or false but was \"no\"",
                        "SWITCHGEAR_BREAKER__USERS__CRITICAL (EnvConfigSource) must be true or false but was \"maybe\"");
    }

    @Test
    void aVariableChangesTheAddressOfAServiceButCreatesNone() {
        Configuration configuration = configuration(
                file(
                        "switchgear.service.\"users\".url",
                        "http://file",
                        "%dev.switchgear.service.\"stock\".url",
                        "http://f"),
                environment(
                        "SWITCHGEAR_SERVICE__USERS__URL", "http://users",
                        "SWITCHGEAR_SERVICE__STOCK__URL", "http://stock",
                        "SWITCHGEAR_SERVICE__ORDERS_EU__URL", "http://orders"));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.services())
                .isEqualTo(Map.of(
                        "users",
                        new Configuration.Configured(
                                "http://users", "SWITCHGEAR_SERVICE__USERS__URL (EnvConfigSource)"),
                        "stock",
                        new Configuration.Configured(
                                "http://stock", "SWITCHGEAR_SERVICE__STOCK__URL (EnvConfigSource)")));
        assertThat(configuration.unused()).containsExactly("SWITCHGEAR_SERVICE__ORDERS_EU__URL");
    }

    @Test
    void aKeyThatAFileHasTooIsUsedWithItsVariable() {
        Configuration configuration = configuration(
                file("switchgear.breaker.\"users\".open-millis", "1"),
                environment("SWITCHGEAR_BREAKER__USERS__OPEN_MILLIS", "2"));
        assertThat(configuration.settings("users", BreakerSettings.defaults()).openMillis())
                .isEqualTo(2);
        assertThat(configuration.unused()).isEmpty();
    }

    @Test
    void aPropertyThatOnlyLooksLikeAVariableInOtherWordsIsRefused() {
        assertThat(configuration(
                                environment("SWITCHGEAR_DEFAULT_OPEN_MILLIS", "1"),
                                systemProperties("switchgear.default.open.millis", "2"))
                        .problems())
                .containsExactly("switchgear.default.open.millis (SysPropConfigSource) is not known; did you mean"
                        + " switchgear.default.open-millis?");
    }

    @Test
    void smallLettersAreAVariableToo() {
        Configuration configuration =
                configuration(environment("switchgear_default_open_millis", "3", "switchgear_application", "shop"));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings("x", BreakerSettings.defaults()).openMillis())
                .isEqualTo(3);
        assertThat(configuration.application()).contains("shop");
    }

    @Test
    void aVariableMayHaveTheNameOfAProperty() {
        Configuration configuration = configuration(environment("switchgear.default.open-millis", "3"));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings("x", BreakerSettings.defaults()).openMillis())
                .isEqualTo(3);
    }

    @Test
    void aVariableOfTheProfileWins() {
        Configuration configuration = configuration(environment(
                "SWITCHGEAR_DEFAULT_OPEN_MILLIS", "1",
                "_DEV_SWITCHGEAR_DEFAULT_OPEN_MILLIS", "2",
                "_DEV_SWITCHGEAR_DEFAULT_WINDOW_MILLIS", "300",
                "_DEV_SWITCHGEAR_BREAKER__X__WINDOW_CALLS", "4",
                "_PROD_SWITCHGEAR_BREAKER__X__OPEN_MILLIS", "5"));
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settings("x", BreakerSettings.defaults()))
                .isEqualTo(BreakerSettings.builder()
                        .openMillis(2)
                        .windowMillis(300)
                        .windowCalls(4)
                        .build());
        assertThat(configuration.unused()).isEmpty();
    }

    @Test
    void whatKubernetesMakesOfAServiceIsIgnored() {
        String[] variables = {
            "SWITCHGEAR_SERVICE_HOST", "10.0.0.1",
            "SWITCHGEAR_SERVICE_PORT", "80",
            "SWITCHGEAR_SERVICE_PORT_HTTP", "80",
            "SWITCHGEAR_PORT", "tcp://10.0.0.1:80",
            "SWITCHGEAR_PORT_8080_TCP", "tcp://10.0.0.1:80",
            "SWITCHGEAR_PORT_8080_TCP_PROTO", "tcp",
            "SWITCHGEAR_PORT_8080_TCP_PORT", "8080",
            "SWITCHGEAR_PORT_8080_UDP_ADDR", "10.0.0.1",
            "SWITCHGEAR_DEFAULT_SERVICE_HOST", "10.0.0.1",
            "SWITCHGEAR_DEFAULT_SERVICE_PORT_OPEN_MILLIS", "80",
            "SWITCHGEAR_BREAKER_PORT", "tcp://10.0.0.1:80"
        };
        try (RecordedLog log = new RecordedLog()) {
            for (Configuration configuration : List.of(
                    configuration(environment(variables)), Configuration.of(TestConfiguration.sources(variables)))) {
                assertThat(configuration.problems()).isEmpty();
                assertThat(configuration.unused()).isEmpty();
                assertThat(configuration.services()).isEmpty();
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void variablesThatAreNoKeysAreLoggedInOneLineWithWhatIsMeant() {
        try (RecordedLog log = new RecordedLog()) {
            Configuration configuration = configuration(environment(
                    "SWITCHGEAR_HOME", "/opt/switchgear",
                    "SWITCHGEAR_VERSION", "7",
                    "SWITCHGEAR_DEFAULT_OPEN_MILIS", "1",
                    "SWITCHGEAR_DEFAULT_MAX_ATTEMPTS", "2",
                    "SWITCHGEAR_BREAKER_PAYMENTS_OPEN_MILLIS", "3",
                    "SWITCHGEAR_RETRY__PAYMENTS__MAX_ATEMPTS", "4",
                    "SWITCHGAER_DEFAULT_OPEN_MILLIS", "5"));
            assertThat(configuration.problems()).isEmpty();
            assertThat(configuration.unused()).isEmpty();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "SGR0042",
                            "SWITCHGEAR_HOME (EnvConfigSource); SWITCHGEAR_",
                            "SWITCHGEAR_VERSION (EnvConfigSource)",
                            "SWITCHGEAR_DEFAULT_OPEN_MILIS (EnvConfigSource), did you mean SWITCHGEAR_DEFAULT_OPEN_MILLIS?",
                            "did you mean SWITCHGEAR_DEFAULT_RETRY_MAX_ATTEMPTS?",
                            "did you mean SWITCHGEAR_BREAKER__PAYMENTS__OPEN_MILLIS?",
                            "did you mean SWITCHGEAR_RETRY__PAYMENTS__MAX_ATTEMPTS?",
                            "SWITCHGAER_DEFAULT_OPEN_MILLIS (EnvConfigSource), did you mean SWITCHGEAR_DEFAULT_OPEN_MILLIS?");
        }
    }

    @Test
    void aProcessWithTheSameVariableTwiceInDifferentLettersIsRefused() {
        assertThat(configured("SWITCHGEAR_DEFAULT_OPEN_MILLIS", "1", "switchgear_default_open_millis", "2")
                        .problems())
                .containsExactly("switchgear_default_open_millis (test) has two values, \"1\" and \"2\"; remove one");
    }
}
