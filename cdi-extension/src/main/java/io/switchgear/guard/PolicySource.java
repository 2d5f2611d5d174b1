// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import io.switchgear.time.Time;

/** Creates or finds the policies of HTTP services by name. Called once for each service. */
@FunctionalInterface
public interface PolicySource {
    /** Returns the breaker of a service. */
    Breaker breaker(String name);

    /**
     * Returns the retries of a service. Their failure rule judges exceptions; a response whose status is retried is
     * judged as an {@link java.io.IOException}.
     */
    default Retry retry(String name) {
        return new Retry(name, RetrySettings.defaults(), FailureRule.ANY, Time.SYSTEM);
    }

    /**
     * Returns the settings of a service: those given in code, overridden by configured ones.
     *
     * @throws IllegalArgumentException if a configured value cannot be used
     */
    default ServiceSettings settings(String name, ServiceSettings given) {
        return given;
    }

    /** Called after a service has been created. */
    default void created(TunableLayer<ServiceSettings> service) {
        // optional
    }
}
