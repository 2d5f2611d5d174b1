package io.switchgear.http;

import io.switchgear.FailureRule;
import io.switchgear.HttpService;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Retry;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;

/** Where a service's breaker and the like come from. Each name is asked for once. */
@FunctionalInterface
public interface PolicySource {
    /** The breaker for the service of this name. */
    Breaker breaker(String name);

    /**
     * The retries for the service of this name. Their rule is asked about what was thrown, and about an
     * {@link java.io.IOException} in place of a status that is to be retried.
     */
    default Retry retry(String name) {
        return new Retry(name, RetrySettings.defaults(), FailureRule.ANY);
    }

    /**
     * The settings for the service of this name, for which code gives these.
     *
     * @throws IllegalArgumentException if what is configured for it cannot be used
     */
    default ServiceSettings settings(String name, ServiceSettings given) {
        return given;
    }

    /** A service was made. */
    default void created(HttpService service) {
        // nobody needs to know
    }
}
