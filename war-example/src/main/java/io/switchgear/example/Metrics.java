// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Provides the meter registry of the shop. Since it is a bean, the breakers register their meters in it. */
@ApplicationScoped
public class Metrics {
    /** Intentional: a singleton, the shared scope without client proxies, as final methods would bypass a proxy. */
    @Produces
    @Singleton
    PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    void close(@Disposes PrometheusMeterRegistry registry) {
        registry.close();
    }
}
