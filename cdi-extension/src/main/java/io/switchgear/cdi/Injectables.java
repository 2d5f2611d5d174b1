// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.NamedBreaker;
import io.switchgear.http.ResilientHttpClient;
import io.switchgear.http.ServiceRegistry;
import io.switchgear.managed.ManagedApplication;
import io.switchgear.runtime.ApplicationRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What an application can inject, and the breakers that it injects by name. */
final class Injectables {
    /** Has the injection point by which the bean of named breakers asks for that of an application. */
    private static final class Injected {
        @Inject
        @SuppressWarnings("UnusedVariable") // only its type is needed
        private InjectionPoint point;
    }

    private final List<InjectionPoint> injected = new ArrayList<>();
    private ResilientHttpClient client;

    /** Adds an injection point of a breaker, if it has a name. */
    void add(InjectionPoint point) {
        if (name(point) != null) {
            injected.add(point);
        }
    }

    /**
     * Adds the beans that an application can inject. Intentional: {@code Object} is the last of their types, as
     * OpenWebBeans creates proxies from the first one. And the injection point of a breaker is not looked up by the
     * {@code Instance} of {@code produceWith}, to which OpenWebBeans adds the qualifiers of the bean.
     */
    void addTo(AfterBeanDiscovery event, ApplicationRuntime runtime, BeanManager beanManager) {

        event.addBean()
                .types(CircuitBreakers.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> runtime.breakers());
        event.addBean()
                .types(ManagedApplication.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> runtime.management());
        InjectionPoint asking = beanManager.createInjectionPoint(beanManager
                .createAnnotatedType(Injected.class)
                .getFields()
                .iterator()
                .next());
        event.addBean()
                .types(CircuitBreaker.class, Object.class)
                .qualifiers(new NamedBreaker.Literal(""))
                .scope(Dependent.class)
                .createWith(context -> runtime.policies()
                        .breaker(requiredName((InjectionPoint) beanManager.getInjectableReference(asking, context))));
        event.addBean()
                .types(ServiceRegistry.class, Object.class)
                .scope(Dependent.class)
                .createWith(context -> runtime.services());
        event.addBean()
                .types(ResilientHttpClient.class, Object.class)
                .scope(Dependent.class)
                .createWith(context -> client(runtime));
        if (OptionalLibraries.haveMicroProfileHealth()) {
            event.addBean(new ReadinessBean(runtime));
        }
    }

    /** Creates the breakers that are injected, and reports those that cannot be created. */
    void createInjected(ApplicationRuntime runtime, Consumer<String> problems) {
        for (InjectionPoint point : injected) {
            try {
                runtime.policies().breaker(name(point));
            } catch (IllegalArgumentException refused) {
                problems.accept(point.getMember() + ": @NamedBreaker " + refused.getMessage());
            }
        }
    }

    /** Returns the breaker name of an injection point; {@code null} if it has none. */
    private static String name(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(NamedBreaker.class::isInstance)
                .map(qualifier -> ((NamedBreaker) qualifier).value())
                .findFirst()
                .orElse(null);
    }

    private static String requiredName(InjectionPoint point) {
        String name = point == null ? null : name(point);
        if (name == null) {
            throw new IllegalArgumentException(
                    "a breaker that is looked up needs a name: select the CircuitBreaker with"
                            + " new NamedBreaker.Literal(\"users\") from an Instance, or call CircuitBreakers.find");
        }
        return name;
    }

    /** Returns the HTTP client of the application, which serves all services. Created on first use. */
    private synchronized ResilientHttpClient client(ApplicationRuntime runtime) {
        if (client == null) {
            client = new ResilientHttpClient(runtime.services());
        }
        return client;
    }

    /** Closes the HTTP client, if there is one. */
    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
