// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.config.TestConfiguration.configured;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.pages.Page;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys {@link ConfigKeys} knows, and what is reported of others, as seen through {@link Configuration}. */
class ConfigKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "switchgear.default.failure-treshold",
                "switchgear.default.failureThreshold",
                "switchgear.breaker.Orders.open-millis",
                "switchgear.breaker.\"Orders\".open",
                "switchgear.aplication",
                "SWITCHGEAR_DEFAULT_OPEN_MILIS",
                "SWITCHGEAR_JMX_WRITEABLE",
                "SWITCHGEAR_SETTINGSFILE"
            })
    void anUnknownKeyIsNamedWithItsSourceAndWhatIsKnown(String key) {
        assertThat(configured(key, "1").problems()).hasSize(2).satisfies(problems -> {
            assertThat(problems.get(0)).startsWith(key + " (test) is not known");
            assertThat(problems.get(1)).contains("failure-threshold, window-calls", "switchgear.application");
        });
    }

    @Test
    void aKeyOfABreakerIsExplained() {
        assertThat(configured("switchgear.breaker.\"stock", "eu").problems())
                .first()
                .asString()
                .contains("the breaker's name in quotes", "needs a backslash");
    }

    @Test
    void aMisspelledKeyIsReportedWithCriticalAmongTheKnownOnes() {
        assertThat(configured("switchgear.breaker.\"users\".critcal", "true").problems())
                .satisfiesExactly(
                        unknown -> assertThat(unknown)
                                .contains("\"critcal\" is nothing that is configured of a breaker; there are critical,"
                                        + " trip-on"),
                        known -> assertThat(known)
                                .contains("switchgear.breaker.\"<name>\".critical, switchgear.default."));
        assertThat(configured("switchgear.retry.\"users\".critical", "true").problems())
                .first()
                .asString()
                .endsWith("nothing that is configured of a retry; there are "
                        + String.join(
                                ", ",
                                Setting.of(TunableKind.RETRY).stream()
                                        .map(Setting::key)
                                        .toList()));
        assertThat(configured("switchgear.default.critical", "true").problems()).isNotEmpty();
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
