// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.guard.PolicySource;
import io.switchgear.guard.Retry;
import io.switchgear.guard.TunableLayer;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.ServiceSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Breakers and retries by name only, for HTTP services and injection points; created on first use. */
public final class ServicePolicies implements PolicySource {
    /** The user of breakers and retries that are requested by name only; never released. */
    private static final Object BY_NAME = new Object() {
        @Override
        public String toString() {
            return "a service or an injection point of its name";
        }
    };

    private final Registry registry;
    private final Map<String, Definition<ServiceSettings>> services = new ConcurrentHashMap<>();

    ServicePolicies(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Breaker breaker(String name) {
        return registry.exclusively(() -> {
            NamedEntry<Breaker> present = registry.breaker(name);
            if (present != null) {
                return present.usedBy(BY_NAME);
            }
            Definition.checkName(name);
            return registry.breakerInCode(List.of(name), BreakerSettings.defaults(), FailureRule.ANY, BY_NAME);
        });
    }

    @Override
    public Retry retry(String name) {
        return registry.exclusively(() -> {
            NamedEntry<Retry> present = registry.retry(name);
            return present == null
                    ? registry.retry(registry.inCode(List.of(name), RetrySettings.defaults(), FailureRule.ANY), BY_NAME)
                    : present.usedBy(BY_NAME);
        });
    }

    @Override
    public ServiceSettings settings(String name, ServiceSettings given) {
        Definition<ServiceSettings> definition = registry.inCode(List.of(name), given, FailureRule.ANY);
        services.put(name, definition);
        return definition.settings();
    }

    @Override
    public void created(TunableLayer<ServiceSettings> service) {
        registry.add(service, services.get(service.name()), List::of);
    }
}
