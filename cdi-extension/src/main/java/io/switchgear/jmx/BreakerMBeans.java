// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.Bulkheads;
import io.switchgear.CircuitBreaker;
import io.switchgear.Fallbacks;
import io.switchgear.HttpService;
import io.switchgear.Layer;
import io.switchgear.Retries;
import io.switchgear.TimeLimits;
import io.switchgear.managed.Fleet;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.SettingsChange;
import io.switchgear.store.SavedSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MBeans of one application: one for each breaker and each layer, and one for all breakers. A failure to register
 * them never stops the application.
 */
public final class BreakerMBeans implements AutoCloseable {
    private enum Lifecycle {
        BEFORE,
        OPEN,
        CLOSED
    }

    private final String application;
    private final String location;
    private final MBeanContext context;
    private final ConsoleMBean<ApplicationResource, ApplicationView> parent;
    private final Map<String, ConsoleMBean<BreakerResource, BreakerView>> breakers = new ConcurrentSkipListMap<>();
    private final Set<ConsoleMBean<? extends LayerResource<?>, ?>> layers = ConcurrentHashMap.newKeySet();
    // null if there is none
    private ConsoleMBean<FleetResource, FleetView> fleet;
    private final Map<ObjectName, ConsoleMBean<?, ?>> registered = new LinkedHashMap<>();
    private Lifecycle lifecycle = Lifecycle.BEFORE;
    private MBeanServer server;
    private Registrar registrar;
    private boolean refusalLogged;

    /**
     * Creates an index that registers nothing yet.
     *
     * @param application the name that the MBeans are grouped under
     * @param location the location that this copy was loaded from; empty if unknown
     * @param writable whether the MBeans accept changes
     * @param threads provides a separate thread for each task; notifications are delivered on such threads
     */
    public BreakerMBeans(String application, String location, boolean writable, SavedSettings saved, Executor threads) {
        this.application = application;
        this.location = location;
        this.context = new MBeanContext(writable, saved, location, threads);
        this.parent = new ConsoleMBean<>(
                context,
                Models.APPLICATION,
                new ApplicationResource(context, this::allBreakers, this::allTunables),
                null);
    }

    /** Sets the configuration that the MBean of all breakers shows. */
    public void following(Following configuration) {
        context.following(configuration);
    }

    private List<CircuitBreaker> allBreakers() {
        return breakers.values().stream()
                .map(mbean -> mbean.resource().breaker())
                .toList();
    }

    private List<Tunable<?>> allTunables() {
        List<Tunable<?>> tunables = new ArrayList<>(allBreakers());
        layers.forEach(layer -> tunables.add(layer.resource().tunable()));
        return tunables;
    }

    /**
     * Adds the MBean of a breaker. It is registered as soon as this index is {@linkplain #open open}. Does nothing once
     * closed.
     *
     * @return the listener that the breaker must have for its history and notifications; it never blocks
     */
    public synchronized Consumer<CircuitTransition> add(CircuitBreaker breaker, Origin origin) {
        if (lifecycle == Lifecycle.CLOSED) {
            return transition -> {};
        }
        BreakerResource resource = new BreakerResource(breaker, origin, context.saved());
        ConsoleMBean<BreakerResource, BreakerView> mbean =
                new ConsoleMBean<>(context, Models.BREAKER, resource, parent);
        breakers.put(breaker.name(), mbean);
        registerIfOpen(mbean);
        return transition -> {
            resource.add(transition);
            mbean.send((name, numbers) -> Notifications.of(transition, name, numbers));
        };
    }

    /** Adds the MBean of a layer, as for breakers. */
    public synchronized void add(Layer<?> layer, Origin origin) {
        if (lifecycle == Lifecycle.CLOSED) {
            return;
        }
        if (layer instanceof Retries retries) {
            add(layer, Models.RETRY, retries::snapshot, origin);
        } else if (layer instanceof Fallbacks fallbacks) {
            add(layer, Models.FALLBACK, fallbacks::snapshot, origin);
        } else if (layer instanceof TimeLimits limits) {
            add(layer, Models.TIME_LIMIT, limits::snapshot, origin);
        } else if (layer instanceof Bulkheads bulkheads) {
            add(layer, Models.BULKHEAD, bulkheads::snapshot, origin);
        } else if (layer instanceof HttpService service) {
            add(layer, Models.SERVICE, service::snapshot, origin);
        } else {
            throw new IllegalArgumentException(
                    "no MBean is known for a " + layer.getClass().getName());
        }
    }

    private <S extends TunableSnapshot<?>> void add(
            Layer<?> layer, MBeanModel<LayerResource<S>, LayerView<S>> model, Supplier<S> snapshot, Origin origin) {
        ConsoleMBean<LayerResource<S>, LayerView<S>> mbean = new ConsoleMBean<>(
                context, model, new LayerResource<>(layer, snapshot, origin, context.saved()), parent);
        layers.add(mbean);
        layer.listen((SettingsChange change) -> mbean.send((name, numbers) -> Notifications.of(change, name, numbers)));
        registerIfOpen(mbean);
    }

    /** Adds the MBean of a fleet, as for breakers. */
    public synchronized void add(Fleet added) {
        if (lifecycle == Lifecycle.CLOSED) {
            return;
        }
        fleet = new ConsoleMBean<>(context, Models.FLEET, new FleetResource(added), parent);
        registerFleetIfOpen();
    }

    private void registerFleetIfOpen() {
        if (lifecycle == Lifecycle.OPEN && fleet != null) {
            register("the fleet", fleet, () -> registrar.registerFleet(fleet));
        }
    }

    private void registerIfOpen(ConsoleMBean<? extends TunableResource<?>, ?> mbean) {
        if (lifecycle == Lifecycle.OPEN) {
            register(mbean.resource().name(), mbean, () -> registrar.register(mbean));
        }
    }

    /** Removes the MBean of a breaker or layer. */
    public synchronized void remove(Tunable<?> tunable) {
        ConsoleMBean<?, ?> mbean = mbeanOf(tunable);
        if (mbean != null) {
            layers.remove(mbean);
            breakers.remove(tunable.name(), mbean);
            ObjectName name = mbean.objectName();
            if (registered.remove(name, mbean)) {
                unregister(name, mbean);
            }
            mbean.close();
        }
    }

    /** Returns the MBean of a breaker or layer. Finds breakers by name, as there may be very many. */
    private ConsoleMBean<?, ?> mbeanOf(Tunable<?> tunable) {
        ConsoleMBean<BreakerResource, BreakerView> breaker = breakers.get(tunable.name());
        if (breaker != null && breaker.resource().tunable() == tunable) {
            return breaker;
        }
        return layers.stream()
                .filter(layer -> layer.resource().tunable() == tunable)
                .findFirst()
                .orElse(null);
    }

    /**
     * Registers all MBeans. Further calls do nothing.
     *
     * @param archive the archive that distinguishes MBeans whose names are taken; empty if unknown
     */
    public synchronized void open(MBeanServer on, String archive) {
        if (lifecycle != Lifecycle.BEFORE) {
            return;
        }
        lifecycle = Lifecycle.OPEN;
        server = on;
        registrar = new Registrar(on, application, archive, location);
        register("the MBean of all breakers", parent, () -> registrar.registerParent(parent));
        breakers.values().forEach(this::registerIfOpen);
        layers.forEach(this::registerIfOpen);
        registerFleetIfOpen();
        long visible = registered.values().stream()
                .filter(mbean -> mbean.resource() instanceof BreakerResource)
                .count();
        // without a container, breakers are created later
        Message.MBEANS_REGISTERED.log(visible == 0 ? "no breaker yet" : Text.count(visible, "breaker"), application);
    }

    private interface Registration {
        ObjectName name() throws JMException;
    }

    private void register(String what, ConsoleMBean<?, ?> mbean, Registration registration) {
        try {
            registered.put(registration.name(), mbean);
        } catch (JMException | RuntimeException | Error refused) {
            // a listener of the server may have thrown an error
            if (!refusalLogged) {
                refusalLogged = true;
                Message.MBEAN_NOT_REGISTERED.log(refused, what);
            }
        }
    }

    /**
     * Unregisters all MBeans and sends no further notification; a listener that blocks delays nothing. Further calls do
     * nothing.
     */
    @Override
    public synchronized void close() {
        lifecycle = Lifecycle.CLOSED;
        List<ObjectName> names = new ArrayList<>(registered.keySet());
        // children before their parent
        Collections.reverse(names);
        names.forEach(name -> unregister(name, registered.get(name)));
        registered.clear();
        breakers.values().forEach(ConsoleMBean::close);
        layers.forEach(ConsoleMBean::close);
        if (fleet != null) {
            fleet.close();
        }
        parent.close();
        context.threads().close();
    }

    private void unregister(ObjectName name, ConsoleMBean<?, ?> mbean) {
        // other code may have removed it, and registered another
        if (mbean.isAbsent()) {
            return;
        }
        mbean.leaves();
        try {
            // another deployment may have found this MBean left over and registered its own
            if (server.getClassLoaderFor(name) == getClass().getClassLoader()) {
                server.unregisterMBean(name);
            }
        } catch (InstanceNotFoundException gone) {
            Message.MBEAN_GONE.log(name);
        } catch (JMException | RuntimeException | Error refused) {
            Message.MBEAN_NOT_REMOVED.log(refused, name);
        }
    }
}
