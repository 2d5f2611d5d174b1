// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.switchgear.CircuitBreaker;
import io.switchgear.FailureRule;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.standalone.Switchgear;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;

/** Tests of the meters of an application in a Prometheus registry. */
abstract class MetersTestCase {
    static final BreakerSettings SETTINGS =
            BreakerSettings.builder().failureThreshold(3).openMillis(86_400_000).build();

    final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Switchgear switchgear = Switchgear.start("metered shop");
    final Meters meters = new Meters(List.of(prometheus), 100);

    CircuitBreaker breaker(String name) {
        return switchgear
                .breakers()
                .create(
                        name,
                        SETTINGS,
                        new FailureRule(List.of(IOException.class), List.of(InterruptedException.class)));
    }

    static void fail(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> breaker.call(() -> {
                        throw new IOException("down");
                    }))
                    .isInstanceOf(Exception.class);
        }
    }

    /** Returns the value of each line that is not a comment, by the text before it. */
    Map<String, Double> scrape() {
        Map<String, Double> values = new TreeMap<>();
        prometheus
                .scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> values.put(
                        line.substring(0, line.lastIndexOf(' ')),
                        Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
        return values;
    }

    @AfterEach
    void close() {
        meters.close();
        switchgear.close();
    }
}
