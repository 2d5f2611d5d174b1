// SPDX-License-Identifier: Apache-2.0
package io.switchgear.http;

import io.switchgear.HttpService;
import io.switchgear.guard.PolicySource;
import io.switchgear.message.Text;
import io.switchgear.settings.ServiceSettings;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The services that an application calls, by name, with their addresses and their health. Each has a breaker of the
 * same name. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class ServiceRegistry {
    private static final int MAX_NAME_LENGTH = 200;

    private final ConcurrentNavigableMap<String, Service> services = new ConcurrentSkipListMap<>();
    private final PolicySource policies;

    /**
     * Creates a registry without services. Called by this library.
     *
     * @param policies returns the breaker of each service, at least
     */
    public ServiceRegistry(PolicySource policies) {
        this.policies = policies;
    }

    /**
     * Adds a service with default settings.
     *
     * @param name 1 to 200 printable characters
     * @param url of scheme {@code http} or {@code https}, with a host; may have a port and a path, but no user info,
     *     query or fragment
     * @return this
     * @throws IllegalArgumentException if the name or the URL is not valid, if the name is taken, or if a value that is
     *     configured for the service cannot be used
     */
    public ServiceRegistry add(String name, URI url) {
        return add(name, url, ServiceSettings.defaults());
    }

    /**
     * Adds a service with these settings.
     *
     * @throws IllegalArgumentException as {@link #add(String, URI)}
     * @see #add(String, URI)
     */
    public synchronized ServiceRegistry add(String name, URI url, ServiceSettings settings) {
        if (name.isEmpty()
                || name.length() > MAX_NAME_LENGTH
                || !Text.printable(name).equals(name)) {
            throw new IllegalArgumentException("a service's name must be 1 to " + MAX_NAME_LENGTH
                    + " printable characters, without space at its ends, but was \"" + Text.printable(name) + "\"");
        }
        BaseUrl base = BaseUrl.of(name, url);
        Service present = services.get(name);
        if (present != null) {
            throw new IllegalArgumentException("a service " + name + " was added before, at "
                    + present.base().url() + "; each needs a name of its own, also the one at " + url);
        }
        ServiceSettings configured = policies.settings(name, settings);
        Service service =
                new Service(name, base, policies.breaker(name), policies.retry(name), configured, services::size);
        services.put(name, service);
        // each one's share is smaller now
        services.values().forEach(each -> each.lastGood().fit(each.inForce()));
        policies.created(service);
        return this;
    }

    /** Returns the service with this name, if there is one. */
    public Optional<HttpService> find(String name) {
        return Optional.ofNullable(services.get(name));
    }

    /** Returns all services, sorted by name. */
    public List<HttpService> all() {
        return List.copyOf(services.values());
    }

    /** Returns the names of all services, in alphabetical order. */
    public List<String> names() {
        return List.copyOf(services.keySet());
    }

    /** Returns the health of all services, sorted by name. */
    public List<ServiceHealth> health() {
        return services.values().stream().map(Service::health).toList();
    }

    Collection<Service> services() {
        return services.values();
    }

    /**
     * Returns the service with this name.
     *
     * @throws IllegalArgumentException if no service has this name; lists those that there are
     */
    Service service(String name) {
        Service service = services.get(name);
        if (service == null) {
            String known = services.isEmpty() ? "none" : String.join(", ", services.keySet());
            throw new IllegalArgumentException("there is no service " + Text.printable(name) + "; known are: " + known);
        }
        return service;
    }
}
