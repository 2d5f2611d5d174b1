// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.switchgear.Guard;
import io.switchgear.pages.Page;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the alerts for Prometheus that the manual offers. */
class AlertsTest extends MetersTestCase {
    private static final Path DIRECTORY = Page.root().resolve("cdi-extension/src/site/prometheus");
    private static final Pattern EXPRESSION = Pattern.compile("^ +expr: (.+)$", Pattern.MULTILINE);
    private static final Pattern SERIES = Pattern.compile("((?:circuit_breaker|switchgear)_\\w+)(?:\\{([^}]+)})?");

    @Test
    void eachSeriesOfTheAlertsIsAMeter() throws IOException {
        List<MatchResult> asked = EXPRESSION
                .matcher(Files.readString(DIRECTORY.resolve("alerts.yml")))
                .results()
                .flatMap(expression -> SERIES.matcher(expression.group(1)).results())
                .toList();
        assertThat(asked).hasSizeGreaterThan(9);
        switchgear.listen(meters);
        try (Guard<String> guard = switchgear
                .breakers()
                .<String>guard("points")
                .breaker(SETTINGS)
                .bulkhead(BulkheadSettings.defaults())
                .retry(RetrySettings.defaults())
                .timeLimit(TimeLimitSettings.defaults())
                .fallback(failed -> "?")
                .build()) {
            Set<String> meters = scrape().keySet();
            assertThat(guard.name()).isEqualTo("points");
            for (MatchResult series : asked) {
                String label = series.group(2) == null ? "" : series.group(2);
                assertThat(meters)
                        .as(series.group())
                        .anyMatch(line -> line.startsWith(series.group(1) + "{") && line.contains(label));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"check, alerts.yml", "test, alerts-test.yml"})
    void prometheusAcceptsTheAlertsAndTheyFireWhenTheyShould(String command, String file) throws Exception {
        Path promtool = Stream.of(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, "promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(promtool != null, "promtool is not installed: the alerts are not tested (.ci/run installs it)");
        Process checking = new ProcessBuilder(promtool.toString(), command, "rules", file)
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(checking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(checking.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(checking.exitValue()).as(said).isZero();
        assertThat(said).contains("SUCCESS");
    }
}
