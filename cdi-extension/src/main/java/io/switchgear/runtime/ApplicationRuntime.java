// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.CircuitBreakers;
import io.switchgear.config.Configuration;
import io.switchgear.config.FollowedSources;
import io.switchgear.config.SettingsFile;
import io.switchgear.flight.FlightEvents;
import io.switchgear.guard.TransactionRule;
import io.switchgear.http.ServiceRegistry;
import io.switchgear.jmx.BreakerMBeans;
import io.switchgear.managed.ManagedApplication;
import io.switchgear.message.Address;
import io.switchgear.message.Message;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Tunable;
import io.switchgear.store.SavedSettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.ReplaceableScheduler;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Ticker;
import io.switchgear.time.Time;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The breakers of one application, with its configuration, its saved settings and its MBeans. */
public final class ApplicationRuntime implements AutoCloseable {
    private final Configuration configuration;
    private final SavedSettings saved;
    private final BreakerMBeans mbeans;
    private final Definitions definitions;
    private final Registry registry;
    private final ServicePolicies policies;
    private final Time time;
    private final ReplaceableScheduler scheduler = new ReplaceableScheduler();
    private final CircuitBreakers breakers;
    private final ServiceRegistry services;
    private final Follower follower;
    private final ManagedApplication management;
    private volatile boolean closed;

    /**
     * Creates a runtime without MBeans; {@link #open} registers them.
     *
     * @param application the name that the MBeans are grouped under
     * @param location the place from which this copy of the library was loaded; empty if unknown
     * @param transaction the rule of guards that are created in code
     * @param time the system's, or that of a test
     */
    public ApplicationRuntime(
            Configuration configuration, String application, String location, TransactionRule transaction, Time time) {
        this.configuration = configuration;
        this.time = time;
        scheduler.replaceBy(time.scheduler());
        // an invalid path, or one that is not a file, is among the problems
        saved = configuration.problems().isEmpty() ? saved(configuration, application) : SavedSettings.none();
        WarmUp.run();
        // intentional: not on threads of the server, since listeners belong to other applications and may block
        mbeans = new BreakerMBeans(
                application, location, configuration.jmxWritable(), saved, new JdkScheduler().threads());
        FollowedSources sources = configuration.followed(application);
        FollowedSources.Found atStart = sources.readFiles(configuration);
        definitions = new Definitions(configuration, atStart.configuration());
        registry = new Registry(definitions, saved, mbeans, configuration.attentionLimits(), time.with(scheduler));
        registry.events().effects().add(FlightEvents::transition);
        registry.events().changes().add(FlightEvents::settings);
        policies = new ServicePolicies(registry);
        ApplicationBreakers inCode = new ApplicationBreakers(registry, transaction);
        breakers = inCode;
        services = new ServiceRegistry(policies);
        follower = new Follower(
                sources, atStart, registry, saved, inCode::keyedWindowCalls, scheduler, configuration.followPeriod());
        mbeans.following(follower);
        management = new Management(application, configuration.management(), registry, saved, mbeans);
    }

    private static SavedSettings saved(Configuration configuration, String application) {
        return configuration
                .settingsFile(application)
                .map(path -> {
                    SettingsFile file = new SettingsFile(path);
                    file.warnIfFixed();
                    return SavedSettings.in(file, configuration.settingsAutosave());
                })
                .orElseGet(SavedSettings::none);
    }

    /**
     * Starts the runtime of a program without a container.
     *
     * @param application the name that the MBeans are grouped under, unless {@code switchgear.application} is
     *     configured
     * @throws IllegalArgumentException if the configuration has mistakes; the message names each with its source and
     *     cure
     * @throws IllegalStateException if MicroProfile Config is present but broken
     */
    public static ApplicationRuntime start(String application) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? ApplicationRuntime.class.getClassLoader() : context;
        return start(application, loader, Time.of(loader));
    }

    static ApplicationRuntime start(String application, ClassLoader loader, Time time) {
        Configuration configuration = Configuration.of(loader);
        String name = configuration.application().orElse(application);
        ApplicationRuntime started = new ApplicationRuntime(configuration, name, "", TransactionRule.NONE, time);
        List<String> problems = new ArrayList<>(configuration.problems());
        String problem = Definition.unreadable(name);
        if (!problem.isEmpty()) {
            problems.add("the name of the application " + problem);
        }
        problems.addAll(started.addServices());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        started.open("");
        return started;
    }

    /** Returns the breakers of the application. */
    public CircuitBreakers breakers() {
        return breakers;
    }

    /** Returns the HTTP services; configured ones are present after {@link #addServices}. */
    public ServiceRegistry services() {
        return services;
    }

    /** Returns the definitions, which merge configuration into annotations. */
    public Definitions definitions() {
        return definitions;
    }

    /** Returns the application as a managed runtime sees it. */
    public ManagedApplication management() {
        return management;
    }

    /** Returns the registry that turns definitions into breakers and layers. */
    public Registry registry() {
        return registry;
    }

    /** Returns the breakers and retries that are requested by name only. */
    public ServicePolicies policies() {
        return policies;
    }

    /** Uses the scheduler of a container, found now, unless a test has its own; returns the scheduler in use. */
    public Scheduler useSchedulerOf(Supplier<Scheduler> container) {
        Scheduler used = time.ticker() == Ticker.SYSTEM ? container.get() : time.scheduler();
        scheduler.replaceBy(used);
        return used;
    }

    /** Returns whether a breaker has this name and is configured as critical. */
    public boolean isCritical(String name) {
        var entry = registry.breaker(name);
        return entry != null && entry.definition().critical();
    }

    /**
     * Adds the configured services, after the breakers of methods.
     *
     * @return the problems with them, and with the breakers of both together, one sentence each
     */
    public List<String> addServices() {
        List<String> problems = new ArrayList<>();
        configuration.services().forEach((name, url) -> {
            try {
                services.add(name, new URI(url.value()));
            } catch (URISyntaxException malformed) {
                // not its message, which has the whole address
                problems.add(url.origin() + ": the url of service " + name + " is not written as a URL ("
                        + malformed.getReason() + ") but was " + Address.shown(url.value()));
            } catch (IllegalArgumentException refused) {
                problems.add(url.origin() + ": " + refused.getMessage());
            }
        });
        long windowCalls = breakers.all().stream()
                .mapToLong(breaker -> breaker.configuredSettings().windowCalls())
                .sum();
        if (windowCalls > BreakerSettings.MAX_TOTAL_WINDOW_CALLS) {
            problems.add("windowCalls of all breakers together must be <= " + BreakerSettings.MAX_TOTAL_WINDOW_CALLS
                    + " but was " + windowCalls
                    + "; lower switchgear.default.window-calls, or those of single breakers");
        }
        return problems;
    }

    /** Logs configured names of breakers, layers and services that do not exist yet. */
    public void logUnusedConfiguration() {
        registry.configuration()
                .logUnused(registry.tunables().stream().map(Tunable::name).toList());
    }

    /**
     * Registers the MBeans of all breakers and layers, existing and future ones, and begins to follow configuration.
     * May be called more than once.
     *
     * @param archive the archive that distinguishes MBeans whose names are taken; empty if unknown
     */
    public void open(String archive) {
        follower.start();
        if (!configuration.jmxEnabled()) {
            return;
        }
        try {
            mbeans.open(ManagementFactory.getPlatformMBeanServer(), archive);
        } catch (RuntimeException | Error refused) {
            // a foreign builder of MBean servers may throw anything
            Message.MBEAN_NOT_REGISTERED.log(refused, "the MBean of all breakers");
        }
    }

    /** Returns whether the application has ended. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Ends the looks at configuration, removes the MBeans, closes the listeners and logs changes that are not saved.
     * Breakers keep working. May be called more than once.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            follower.close();
            mbeans.close();
            registry.events().close();
            saved.stopping(registry.tunables());
        }
    }
}
