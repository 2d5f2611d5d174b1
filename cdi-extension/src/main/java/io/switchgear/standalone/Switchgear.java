// SPDX-License-Identifier: Apache-2.0
package io.switchgear.standalone;

import io.switchgear.CircuitBreakers;
import io.switchgear.http.ServiceRegistry;
import io.switchgear.runtime.ApplicationRuntime;
import io.switchgear.settings.TunableListener;

/**
 * The breakers of a program without CDI, with configuration, saved settings and MBeans. An application with CDI does
 * not need it: inject {@link CircuitBreakers} there.
 *
 * @since 0.1
 */
public final class Switchgear implements AutoCloseable {
    private final ApplicationRuntime runtime;

    private Switchgear(ApplicationRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Reads the configuration, from the same sources as on a server, and registers the MBeans. They stay registered
     * until {@link #close}.
     *
     * @param application the name under which the MBeans are grouped, unless {@code switchgear.application} is
     *     configured
     * @throws IllegalArgumentException if the name is blank, or the configuration has mistakes; the message names each
     *     mistake with its source and its cure
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

    /** Returns the registry of HTTP services: configured ones, and those that the program adds. */
    public ServiceRegistry services() {
        return runtime.services();
    }

    /**
     * Registers a listener, such as {@link io.switchgear.metrics.Meters}. It is notified of all present breakers,
     * retries, fallbacks and services, then of each that is created or removed. {@link #close} closes it.
     */
    public void listen(TunableListener listener) {
        runtime.registry().listen(listener);
    }

    /**
     * Removes the MBeans, closes the listeners, ends the looks at configuration, and logs a warning for changed
     * settings that are not saved. Breakers still work. May be called more than once.
     */
    @Override
    public void close() {
        runtime.close();
    }
}
