package io.switchgear.runtime;

import io.switchgear.CircuitBreakers;
import io.switchgear.config.Configuration;
import io.switchgear.config.SettingsFile;
import io.switchgear.flight.FlightEvents;
import io.switchgear.http.ServiceRegistry;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.message.Message;
import io.switchgear.store.SavedSettings;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * The breakers of one application, with its configuration, its saved settings and its MBeans. Where there is CDI, the
 * application has one already: inject {@link CircuitBreakers}. Elsewhere {@link #start} makes one.
 *
 * @since 0.1
 */
public final class Switchgear implements AutoCloseable {
    private final Configuration configuration;
    private final SavedSettings saved;
    private final BreakerMBeans mbeans;
    private final Registry registry;
    private final ServiceRegistry services;
    private boolean closed;

    /**
     * Shows nothing yet.
     *
     * @param application what the MBeans are grouped under
     * @param archive that this copy of the library belongs to; empty if that is not known
     * @param location where it was loaded from; empty if that is not known
     */
    public Switchgear(Configuration configuration, String application, String archive, String location) {
        this.configuration = configuration;
        // a value that is no path, or a file that is none, is among the problems
        saved = configuration.problems().isEmpty() ? saved(configuration, application) : SavedSettings.none();
        mbeans = new BreakerMBeans(application, archive, location, configuration.jmxWritable(), saved);
        registry = new Registry(configuration, saved, mbeans);
        registry.listen(FlightEvents::transition);
        registry.listenToLayers(FlightEvents::settings);
        services = new ServiceRegistry(registry);
    }

    private static SavedSettings saved(Configuration configuration, String application) {
        return configuration
                .settingsFile(application)
                .map(file -> SavedSettings.in(new SettingsFile(file), configuration.settingsAutosave()))
                .orElseGet(SavedSettings::none);
    }

    /**
     * Starts one without a container: reads the configuration as an application server's would be read, and shows each
     * breaker as an MBean from its making to {@link #close}.
     *
     * @param application what the MBeans are grouped under, unless {@code switchgear.application} is configured
     * @throws IllegalArgumentException if the configuration has mistakes; names each with its source and its cure
     */
    public static Switchgear start(String application) {
        if (application == null || application.isBlank()) {
            throw new IllegalArgumentException("application must be a name, not blank, but was " + application);
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Configuration configuration = Configuration.of(loader == null ? Switchgear.class.getClassLoader() : loader);
        String name = configuration.application().orElse(application);
        Switchgear started = new Switchgear(configuration, name, "", "");
        List<String> problems = new ArrayList<>(configuration.problems());
        problems.addAll(started.addServices());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        started.open();
        return started;
    }

    /** The breakers; find them here, or make them. */
    public CircuitBreakers breakers() {
        return registry;
    }

    /** The services that are configured, once {@link #addServices} was called; add others here. */
    public ServiceRegistry services() {
        return services;
    }

    /**
     * Adds the services that are configured.
     *
     * @return what is wrong with them, a sentence each
     */
    public List<String> addServices() {
        List<String> problems = new ArrayList<>();
        configuration.services().forEach((name, url) -> {
            try {
                services.add(name, new URI(url.value()));
            } catch (URISyntaxException | IllegalArgumentException refused) {
                problems.add(url.origin() + ": " + refused.getMessage());
            }
        });
        return problems;
    }

    /** Where definitions become breakers and layers. */
    public Registry registry() {
        return registry;
    }

    /** Shows what there is, and what will be; may be called more than once. */
    public void open() {
        if (!configuration.jmxEnabled()) {
            return;
        }
        try {
            mbeans.open(ManagementFactory.getPlatformMBeanServer());
        } catch (SecurityException refused) {
            Message.MBEAN_NOT_REGISTERED.log(refused, "the MBean of all breakers");
        }
    }

    /**
     * Removes the MBeans, lets followers take back what they have, and warns of changes that are not saved. Breakers go
     * on. May be called more than once.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            saved.stopping(registry.tunables());
            registry.close();
            mbeans.close();
        }
    }
}
