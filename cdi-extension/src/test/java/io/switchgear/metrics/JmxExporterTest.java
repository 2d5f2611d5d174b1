// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.switchgear.CircuitBreaker;
import io.switchgear.Guard;
import io.switchgear.pages.Page;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.standalone.Switchgear;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the rules for the JMX exporter of Prometheus that the manual offers. */
class JmxExporterTest extends MetersTestCase {
    private static final String RULES = rules();

    private final PrometheusRegistry exporter = new PrometheusRegistry();

    private static String rules() {
        try {
            return Files.readString(Page.root().resolve("cdi-extension/src/site/prometheus/jmx-exporter.yml"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @BeforeEach
    void register() throws Exception {
        new JmxCollector(RULES).register(exporter);
        switchgear.listen(meters);
    }

    /** Returns the value of each line about an application of tests, by the text before it. */
    private Map<String, Double> export(String application) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, exporter.scrape());
        Map<String, Double> values = new TreeMap<>();
        String label = "{application=\"" + application + "\",";
        text.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(label))
                .forEach(line -> values.put(
                        line.substring(0, line.lastIndexOf(' ')).replace(label, "{"),
                        Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return values;
    }

    private static void assertSame(Map<String, Double> exported, Map<String, Double> metered) {
        assertThat(exported).isNotEmpty().isEqualTo(metered);
    }

    /** prometheus/jmx_exporter #361, #52: quotes stayed in the label, and a name with an = became a bad label. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Orders#place(String,int)",
                "say \"hi\", she said",
                "\"",
                "back\\slash\\",
                "http://host:80/a?b=1&c=d, meter=x_total, label=, labelValue=, service=y><>Meters: 1",
                "name=\"x\", service=",
                "$1 ${2} \\1",
                " blank ",
                "π 電"
            })
    void eachMetricIsThatOfMicrometerWhateverTheName(String name) throws Exception {
        CircuitBreaker breaker = breaker(name);
        breaker.run(() -> {});
        fail(breaker, 5);
        assertSame(export("metered shop"), scrape());
    }

    @Test
    void eachKindIsExported() throws Exception {
        try (Guard<String> guard = switchgear
                .breakers()
                .<String>guard("points")
                .breaker(SETTINGS)
                .bulkhead(BulkheadSettings.defaults())
                .retry(RetrySettings.defaults().delayMillis(0).jitterPercent(0))
                .timeLimit(TimeLimitSettings.defaults())
                .fallback(failed -> "?")
                .lastGood()
                .fallbackSettings(FallbackSettings.defaults())
                .build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(guard.call(() -> {
                            throw new IllegalStateException("down");
                        }))
                        .isEqualTo("?");
            }
            assertThat(export("metered shop"))
                    .containsEntry("circuit_breaker_state{service=\"points\"}", 2.0)
                    .containsEntry("switchgear_time_limit_overdue_calls{service=\"points\"}", 0.0)
                    .containsEntry("switchgear_fallback_calls_total{result=\"failed\",service=\"points\"}", 0.0)
                    .isEqualTo(scrape());
        }
    }

    /** prometheus/jmx_exporter #512 and others: values of MBeans that are gone were still exported. */
    @Test
    void whatIsRemovedIsExportedNoLonger() throws Exception {
        try (Switchgear other = Switchgear.start("another shop")) {
            other.breakers().create("orders", SETTINGS);
            breaker("orders");
            assertThat(export("another shop")).isNotEmpty();
            assertSame(export("metered shop"), scrape());
        }
        assertThat(export("another shop")).isEmpty();
        assertSame(export("metered shop"), scrape());
    }

    @Test
    void anApplicationWhoseNameIsQuotedIsExported() throws Exception {
        try (Switchgear other = Switchgear.start("shop: \"old\"")) {
            other.breakers().create("orders", SETTINGS);
            assertThat(export("shop: \\\\\\\"old\\\\\\\"")).isNotEmpty();
        }
    }

    /** What is reset in JMX would be a counter that falls. */
    @Test
    void aResetOfTheTotalsInTheConsoleIsNotSeen() throws Exception {
        fail(breaker("orders"), 5);
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=metered shop,name=\"orders\""),
                        "resetTotals",
                        null,
                        null);
        assertThat(export("metered shop")).containsEntry("circuit_breaker_failures_total{service=\"orders\"}", 3.0);
        assertSame(export("metered shop"), scrape());
    }

    /** micrometer-metrics/micrometer #2149: gauges became NaN once nothing else referred to what they read. */
    @Test
    void nothingIsLostToTheGarbageCollector() throws Exception {
        breaker("orders").run(() -> {});
        Map<String, Double> before = scrape();
        WeakReference<Object> collected = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return collected.get() == null;
        });
        assertThat(before.values()).doesNotContain(Double.NaN);
        assertThat(scrape()).isEqualTo(before);
        assertSame(export("metered shop"), before);
    }

    /** prometheus/jmx_exporter #1041: many attributes of many MBeans took seconds. */
    @Test
    void theCommentedLinesReadNothingElse() throws Exception {
        breaker("orders");
        String named =
                RULES.replaceAll("(?m)^#(includeObjectNameAttributes|  )", "$1").replace("=shop", "=metered shop");
        PrometheusRegistry others = new PrometheusRegistry();
        new JmxCollector(named.replace("- Meters", "- Overview")).register(others);
        assertThat(names(others)).isNotEmpty().noneMatch(name -> name.startsWith("circuit_breaker"));
        PrometheusRegistry alone = new PrometheusRegistry();
        new JmxCollector(named).register(alone);
        assertThat(names(alone)).isEqualTo(names(exporter));
    }

    private static Set<String> names(PrometheusRegistry registry) {
        return registry.scrape().stream()
                .map(metric -> metric.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
