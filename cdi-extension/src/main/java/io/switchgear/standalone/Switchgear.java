package io.switchgear.standalone;

import io.switchgear.CircuitBreakers;
import io.switchgear.http.ServiceRegistry;
import io.switchgear.runtime.ApplicationRuntime;
import io.switchgear.settings.TunableListener;

/**
 * The breakers of a program without CDI, with its configuration, its saved settings and its MBeans. Applications with
 * CDI have theirs already: inject {@link CircuitBreakers} there.
 *
 * @since 0.1
 */
public final class Switchgear implements AutoCloseable {
    private final ApplicationRuntime runtime;

    private Switchgear(ApplicationRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Reads the configuration as that of an application on a server would be read, and registers the MBeans. They are
     * there until {@link #close}.
     *
     * @param application the name that the MBeans are grouped under, unless {@code switchgear.application} is
     *     configured
     * @throws IllegalArgumentException if the name is blank, or the configuration has mistakes; names each mistake with
     *     its source and its cure
     */
    public static Switchgear start(String application) {
        if (application == null || application.isBlank()) {
            throw new IllegalArgumentException("application must be a name, not blank, but was " + application);
        }
        return new Switchgear(ApplicationRuntime.start(application));
    }

    /** Returns the breakers, to find or create them. */
    public CircuitBreakers breakers() {
        return runtime.breakers();
    }

    /** Returns the HTTP services: those that are configured, and those that the program adds. */
    public ServiceRegistry services() {
        return runtime.services();
    }

    /**
     * Registers a listener, such as {@link io.switchgear.metrics.Meters}. It is notified of the breakers, retries,
     * fallbacks and services that there are, then of each that is created or removed, and closed with this.
     */
    public void listen(TunableListener listener) {
        runtime.registry().listen(listener);
    }

    /**
     * Removes the MBeans, closes the listeners, and warns of changes of settings that are not saved. Breakers go on.
     * May be called more than once.
     */
    @Override
    public void close() {
        runtime.close();
    }
}
