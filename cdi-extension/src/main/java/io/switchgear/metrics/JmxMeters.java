// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;

/**
 * A meter registry for applications that do not have one, but contain {@code micrometer-registry-jmx}.
 *
 * @since 0.1
 */
public final class JmxMeters {
    private static final String DOMAIN = "io.switchgear.metrics.";

    private JmxMeters() {}

    /**
     * Creates a registry that shows meters as MBeans, in a domain for each application: of two registries in one
     * domain, the values of the second are silently dropped.
     *
     * @param application ends the domain; other characters than letters, digits, {@code _}, {@code .} and {@code -} are
     *     replaced by {@code _}
     */
    public static MeterRegistry of(String application) {
        String domain = DOMAIN + application.replaceAll("[^A-Za-z0-9_.-]", "_");
        return new JmxMeterRegistry(
                new JmxConfig() {
                    @Override
                    public String get(String key) {
                        return null;
                    }

                    @Override
                    public String domain() {
                        return domain;
                    }
                },
                Clock.SYSTEM);
    }
}
