package io.switchgear.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;

/** The registry of applications that bring none, but the means for one. */
public final class JmxMeters {
    private static final String DOMAIN = "io.switchgear.metrics.";

    private JmxMeters() {}

    /**
     * Shows meters as MBeans. Intentional: in a domain for each application, as of two registries in one domain the
     * second one's values are dropped without a word.
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
