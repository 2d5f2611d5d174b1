// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.config.TestConfiguration.configured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TripOn;
import io.switchgear.settings.TunableKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Configuration of all names that match a pattern. */
class PatternsTest {
    private static final String PLACE = "Orders#place(String,int)";

    private static String key(String pattern, String setting) {
        return "switchgear.breaker.\"" + pattern + "\"." + setting;
    }

    private static boolean enabled(Configuration configuration, String... names) {
        return configuration
                .settings(List.of(names), BreakerSettings.defaults())
                .enabled();
    }

    @Test
    void aPatternSwitchesOffWhatMatchesAndNothingElse() {
        Configuration configuration = configured(key("Orders#*", "enabled"), "false");
        assertThat(configuration.problems()).isEmpty();
        assertThat(enabled(configuration, PLACE)).isFalse();
        assertThat(enabled(configuration, "Orders#cancel()")).isFalse();
        assertThat(enabled(configuration, "Users#find()")).isTrue();
        assertThat(configuration.settings(PLACE, RetrySettings.defaults()).enabled())
                .as("another kind")
                .isTrue();
    }

    @Test
    void allOfAKindAreSwitchedOffByADefault() {
        Configuration configuration = configured(
                "switchgear.default.enabled", "false",
                "switchgear.default.retry.enabled", "false",
                "switchgear.default.fallback.enabled", "false");
        assertThat(configuration.problems()).isEmpty();
        assertThat(enabled(configuration, PLACE)).isFalse();
        assertThat(configuration.settings(PLACE, RetrySettings.defaults()).enabled())
                .isFalse();
        assertThat(configuration.settings(PLACE, FallbackSettings.defaults()).enabled())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(TunableKind.class)
    void patternsAreForEachKind(TunableKind kind) {
        Setting setting = Setting.of(kind).get(Setting.of(kind).size() - 1);
        String value = setting.range() == null
                ? setting.legalValues().get(1)
                : Long.toString(setting.range().min() + 1);
        Configuration configuration = configured(ConfigKeys.named(kind, "a*", setting.key()), value);
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.origins(kind, "abc")).containsOnlyKeys(setting);
        assertThat(configuration.origins(kind, "bc")).isEmpty();
    }

    @Test
    void aPatternWinsOverTheDefaultAndTheNameWinsOverThePattern() {
        Configuration configuration = configured(
                "switchgear.default.open-millis",
                "1",
                key("*", "open-millis"),
                "2",
                key("Orders#*", "open-millis"),
                "3",
                key(PLACE, "open-millis"),
                "4",
                key(PLACE, "failure-threshold"),
                "9");
        assertThat(openMillis(configuration, PLACE)).isEqualTo(4);
        assertThat(openMillis(configuration, "Orders#cancel()")).isEqualTo(3);
        assertThat(openMillis(configuration, "Users#find()")).isEqualTo(2);
    }

    private static long openMillis(Configuration configuration, String... names) {
        return configuration
                .settings(List.of(names), BreakerSettings.defaults())
                .openMillis();
    }

    @ParameterizedTest
    @CsvSource({"*, 1", "host*, 1", "hosts*, 1", "hosts/*, 2", "hosts/eu-*, 2", "hosts/eu-1*, 2", "*1, 1"})
    void theNameOfAGroupIsAsSpecificAsItsLength(String pattern, long expected) {
        Configuration configuration = configured(key("hosts", "open-millis"), "1", key(pattern, "open-millis"), "2");
        assertThat(openMillis(configuration, "hosts", "hosts/eu-1")).isEqualTo(expected);
        assertThat(openMillis(configured(key(pattern, "open-millis"), "2"), "hosts", "hosts/eu-1"))
                .isEqualTo(2);
    }

    @Test
    void anEquallySpecificPatternIsRefusedIfItsValueDiffers() {
        Configuration configuration =
                configured(key("Orders#*", "open-millis"), "1", key("*(String,i*", "open-millis"), "2");
        assertThat(openMillis(configuration, "Orders#cancel()")).isEqualTo(1);
        Configuration tied = configured(key("Orders#*", "open-millis"), "1", key("*rders#pl*", "open-millis"), "2");
        assertThat(openMillis(tied, PLACE)).as("the longer text").isEqualTo(2);
        Configuration refused = configured(key("Orders#*", "open-millis"), "1", key("*,int)*g", "open-millis"), "2");
        assertThat(openMillis(refused, PLACE)).as("no match").isEqualTo(1);
        assertThatThrownBy(() -> openMillis(
                        configured(key("Orders#*", "open-millis"), "1", key("*ng,int)", "open-millis"), "2"), PLACE))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("switchgear.breaker.\"*ng,int)\".open-millis (test) and"
                        + " switchgear.breaker.\"Orders#*\".open-millis (test) are equally specific for"
                        + " \"Orders#place(String,int)\" but have different values, \"2\" and \"1\";"
                        + " make one pattern longer, or configure the name itself");
        assertThat(openMillis(
                        configured(key("Orders#*", "open-millis"), "1", key("*ng,int)", "open-millis"), "1"), PLACE))
                .as("equal values")
                .isEqualTo(1);
        assertThat(openMillis(
                        configured(
                                key("Orders#*", "open-millis"),
                                "1",
                                key("*ng,int)", "open-millis"),
                                "2",
                                key(PLACE, "open-millis"),
                                "3"),
                        PLACE))
                .as("the name itself")
                .isEqualTo(3);
    }

    @Test
    void aWrongValueIsAProblemOnce() {
        Configuration configuration = configured(key("Orders#*", "open-millis"), "soon");
        assertThat(configuration.problems())
                .containsExactly("switchgear.breaker.\"Orders#*\".open-millis (test) must be a whole number >= 0 and"
                        + " <= 604800000 but was \"soon\"");
        assertThat(openMillis(configuration, PLACE)).isEqualTo(60_000);
    }

    @Test
    void aValueThatContradictsOthersNamesItsKey() {
        Configuration configuration = configured(key("Orders#*", "minimum-calls"), "200");
        BreakerSettings annotated =
                BreakerSettings.builder().tripOn(TripOn.CALL_WINDOW).build();
        assertThatThrownBy(() -> configuration.settings(PLACE, annotated))
                .hasMessageStartingWith("switchgear.breaker.\"Orders#*\".minimum-calls (test) must be <= windowCalls");
    }

    @Test
    void aBreakerIsCriticalByPattern() {
        Configuration configuration =
                configured(key("Orders#*", "critical"), "true", key("Orders#cancel()", "critical"), "false");
        assertThat(configuration.critical(List.of(PLACE))).isTrue();
        assertThat(configuration.critical(List.of("Orders#cancel()"))).isFalse();
        assertThat(configuration.critical(List.of("Users#find()"))).isFalse();
        assertThat(configured(key("Orders#*", "critical"), "perhaps").problems())
                .containsExactly("switchgear.breaker.\"Orders#*\".critical (test) must be true or false but was"
                        + " \"perhaps\"");
    }

    @Test
    void theOriginIsTheKeyWithThePattern() {
        Configuration configuration = configured(key("Orders#*", "enabled"), "false");
        assertThat(configuration.origins(TunableKind.BREAKER, PLACE))
                .containsEntry(Setting.ENABLED, "switchgear.breaker.\"Orders#*\".enabled (test)");
    }

    @Test
    void aPatternThatMatchesNothingIsLogged() {
        Configuration configuration =
                configured(key("Users#*", "enabled"), "false", key("Orders#*", "enabled"), "true");
        enabled(configuration, PLACE);
        assertThat(configuration.unused()).containsExactly(key("Users#*", "enabled"));
        try (RecordedLog log = new RecordedLog()) {
            configuration.logUnused(List.of(PLACE));
            assertThat(log.lines()).singleElement().asString().contains("SGR0015", "Users#*");
        }
    }

    @Test
    void aPatternThatIsOverriddenEverywhereIsUsed() {
        Configuration configuration = configured(key("*", "enabled"), "false", key("Orders#*", "enabled"), "true");
        enabled(configuration, PLACE);
        assertThat(configuration.unused()).isEmpty();
    }

    @Test
    void anEnvironmentVariableChangesThePatternThatAKeyHasAndIsNoneByItself() {
        String variable = ConfigKeys.variable(key("Orders#*", "enabled"));
        assertThat(variable).isEqualTo("SWITCHGEAR_BREAKER__ORDERS____ENABLED");
        ConfigSources sources = TestConfiguration.sources(key("Orders#*", "enabled"), "false");
        sources.entries().add(new ConfigEntry(variable, "true", "environment", 2));
        assertThat(enabled(new Configuration(sources.entries()), PLACE)).isTrue();
        Configuration alone = configured(variable, "false");
        assertThat(enabled(alone, PLACE)).isTrue();
        assertThat(alone.unused()).containsExactly(variable);
    }

    @Test
    void aQuestionMarkAloneIsNoPattern() {
        Configuration configuration = configured(key("a?c", "enabled"), "false");
        assertThat(enabled(configuration, "abc")).isTrue();
        assertThat(enabled(configuration, "a?c")).isFalse();
        Configuration pattern = configured(key("a?c*", "enabled"), "false");
        assertThat(enabled(pattern, "abcd")).isFalse();
        assertThat(enabled(pattern, "acd")).isTrue();
    }

    @Test
    void aNameWithAStarIsConfiguredByItself() {
        Configuration configuration = configured(key("a*", "open-millis"), "1", key("a*c", "open-millis"), "2");
        assertThat(openMillis(configuration, "a*")).isEqualTo(1);
        assertThat(openMillis(configuration, "a*c")).isEqualTo(2);
    }
}
