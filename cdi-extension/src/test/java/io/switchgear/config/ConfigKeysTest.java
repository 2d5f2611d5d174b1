// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.config.TestConfiguration.configured;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.message.RecordedLog;
import io.switchgear.pages.Page;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys {@link ConfigKeys} knows, and what is reported of others, as seen through {@link Configuration}. */
class ConfigKeysTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    switchgear.default.failure-treshold      | switchgear.default.failure-threshold
                    switchgear.default.failureThreshold      | switchgear.default.failure-threshold
                    switchgear.default.open.millis           | switchgear.default.open-millis
                    switchgear.defaults.open-millis          | switchgear.default.open-millis
                    switchgear.open-millis                   | switchgear.default.open-millis
                    switchgear.default.max-attempts          | switchgear.default.retry.max-attempts
                    switchgear.retry.max-attempts            | switchgear.default.retry.max-attempts
                    switchgear.aplication                    | switchgear.application
                    switchgear.settings.file                 | switchgear.settings-file
                    'switchgear.jmx.enabled '                | switchgear.jmx.enabled
                    switchgear.breaker.payments.open-millis  | switchgear.breaker."payments".open-millis
                    switchgear.breaker."a.b".open-milis      | switchgear.breaker."a.b".open-millis
                    switchgear.breakers."a.b".open-millis    | switchgear.breaker."a.b".open-millis
                    switchgear.breaker."a".critcal           | switchgear.breaker."a".critical
                    switchgear.service.users.url             | switchgear.service."users".url
                    switchgear.time-limit.users.limit-millis | switchgear.time-limit."users".limit-millis
                    switchgear.timelimit."users".limit-milis | switchgear.time-limit."users".limit-millis
                    switchgear.default.limit-millis          | switchgear.default.time-limit.limit-millis
                    """)
    void aMisspelledKeyIsReportedInOneSentenceWithTheKeyThatIsMeant(String key, String meant) {
        assertThat(configured(key, "1").problems())
                .containsExactly(key + " (test) is not known; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"switchgear.nonsense", "switchgear.default.wait", "switchgear.", "switchgear.default.critical"})
    void aKeyThatIsLikeNoOtherIsReportedWithAllThatAreKnown(String key) {
        assertThat(configured(key, "1").problems()).hasSize(2).satisfies(problems -> {
            assertThat(problems.get(0)).isEqualTo(key + " (test) is not known");
            assertThat(problems.get(1)).contains("failure-threshold, window-calls", "switchgear.application");
        });
        assertThat(configured(key, "1", "switchgear.other-nonsense", "1").problems())
                .as("once")
                .hasSize(3);
    }

    @Test
    void aKeyOfABreakerIsExplained() {
        assertThat(configured("switchgear.breaker.\"stock", "eu").problems())
                .singleElement()
                .asString()
                .contains("the breaker's name in quotes", "needs a backslash");
    }

    @Test
    void aSettingThatIsLikeNoOtherIsReportedWithThoseOfTheKind() {
        assertThat(configured("switchgear.breaker.\"users\".nonsense", "true").problems())
                .singleElement()
                .asString()
                .contains(
                        "\"nonsense\" is nothing that is configured of a breaker; there are critical, enabled, trip-on");
        assertThat(configured("switchgear.retry.\"users\".nonsense", "true").problems())
                .singleElement()
                .asString()
                .endsWith("nothing that is configured of a retry; there are "
                        + String.join(
                                ", ",
                                Setting.of(TunableKind.RETRY).stream()
                                        .map(Setting::key)
                                        .toList()));
    }

    @Test
    void aMisspelledBeginningIsLoggedAndRefusedInAFileOfThisLibrary() {
        String key = "switchgaer.default.open-millis";
        try (RecordedLog log = new RecordedLog()) {
            assertThat(Configuration.of(TestConfiguration.sources(key, "1", "switches.default.open-millis", "1"))
                            .problems())
                    .isEmpty();
            assertThat(log.lines())
                    .containsExactly("WARNING SGR0042: not a key of this library, and ignored: " + key
                            + " (test), did you mean switchgear.default.open-millis?");
        }
        for (String beginning : List.of("switchgaer", "Switchgear", "switch-gear")) {
            assertThat(inOwnFile(beginning + ".default.open-millis").problems())
                    .containsExactly(beginning + ".default.open-millis (library) is not known; did you mean"
                            + " switchgear.default.open-millis?");
        }
        assertThat(inOwnFile("org.acme.size").problems()).first().isEqualTo("org.acme.size (library) is not known");
    }

    private static Configuration inOwnFile(String key) {
        return new Configuration(List.of(new ConfigEntry(key, "1", "library", ConfigEntry.LIBRARY_FILE)));
    }

    @Test
    void aNameMayHoldWhatARegularExpressionTakesForTheEndOfALine() {
        Configuration configuration = configured("switchgear.breaker.\"a\u2028b\".open-millis", "1");
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration
                        .settings("a\u2028b", BreakerSettings.defaults())
                        .openMillis())
                .isEqualTo(1);
    }

    @Test
    void aNameThatDoesNotExistYetIsLoggedWithTheNameThatIsProbablyMeant() {
        String orders = "Orders#place(String,int)";
        Configuration configuration = configured(
                "switchgear.breaker.\"paymets\".open-millis", "1",
                "switchgear.breaker.\"late\".open-millis", "1",
                "SWITCHGEAR_BREAKER__ORDERS_PLACE_STRING_INT__OPEN_MILLIS", "1",
                "switchgear.breaker.\"users\".open-millis", "1");
        configuration.settings("users", BreakerSettings.defaults());
        String later = " is configured, but nothing of this kind and name exists yet; it applies when the application"
                + " creates it";
        try (RecordedLog log = new RecordedLog()) {
            configuration.logUnused(List.of("payments", "users", orders, "x"));
            assertThat(log.lines())
                    .containsExactly(
                            "INFO SGR0015: SWITCHGEAR_BREAKER__ORDERS_PLACE_STRING_INT__OPEN_MILLIS (test)" + later
                                    + "; did you mean \"" + orders + "\"?",
                            "INFO SGR0015: switchgear.breaker.\"late\".open-millis (test)" + later,
                            "INFO SGR0015: switchgear.breaker.\"paymets\".open-millis (test)" + later
                                    + "; did you mean \"payments\"?");
            configuration.settings("late", BreakerSettings.defaults());
            assertThat(configuration.unused()).as("applied later").hasSize(2);
        }
    }

    @Test
    void theLibrarysOwnKeysAreInTheManual() {
        String page = Page.ofManual("configuration.md").text();
        String known = configured("switchgear.no.such.key", "x").problems().stream()
                .filter(problem -> problem.startsWith("Known are "))
                .findFirst()
                .orElseThrow();
        assertThat(known.replaceAll("Known are |;.*", "").split(", ", -1))
                .hasSizeGreaterThan(5)
                .allMatch(key -> page.contains("`" + key + "`"));
    }
}
