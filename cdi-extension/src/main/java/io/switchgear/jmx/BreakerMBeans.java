package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.Layer;
import io.switchgear.message.Message;
import io.switchgear.settings.Tunable;
import io.switchgear.store.SavedSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MBeans of one application: one for each breaker and each layer around one, and one for all breakers. Whatever
 * goes wrong here, the application runs.
 */
public final class BreakerMBeans implements AutoCloseable {
    private enum Phase {
        BEFORE,
        OPEN,
        CLOSED
    }

    private final String application;
    private final String archive;
    private final String location;
    private final MBeanContext cabinet;
    private final Set<ObjectName> registered = new LinkedHashSet<>();
    private Phase phase = Phase.BEFORE;
    private MBeanServer server;
    private Registrar registrar;
    private boolean refused;

    /**
     * Registers nothing yet.
     *
     * @param application what the MBeans are grouped under
     * @param archive that this copy of the library belongs to; empty if that is not known
     * @param location where it was loaded from; empty if that is not known
     * @param writable whether anything can be changed through them
     */
    public BreakerMBeans(String application, String archive, String location, boolean writable, SavedSettings saved) {
        this.application = application;
        this.archive = archive;
        this.location = location;
        this.cabinet = new MBeanContext(writable, saved, location);
    }

    /** Makes the breaker visible, as soon as these are {@linkplain #open open}. Does nothing once closed. */
    public synchronized void add(CircuitBreaker breaker, Origin origin) {
        if (phase == Phase.CLOSED) {
            return;
        }
        BreakerMBean mbean = new BreakerMBean(cabinet, breaker, origin);
        cabinet.add(mbean);
        breaker.listen(mbean);
        registerIfOpen(mbean);
    }

    /** Makes a layer visible, likewise. */
    public synchronized void add(Layer<?> layer, Origin origin) {
        if (phase == Phase.CLOSED) {
            return;
        }
        LayerMBean<?> mbean = LayerMBean.of(cabinet, layer, origin);
        cabinet.add(mbean);
        layer.listen(mbean);
        registerIfOpen(mbean);
    }

    private void registerIfOpen(TunableMBean<?, ?> mbean) {
        if (phase == Phase.OPEN) {
            register(mbean.name(), () -> registrar.register(mbean));
        }
    }

    /** Makes something invisible again. */
    public synchronized void remove(Tunable<?> tunable) {
        TunableMBean<?, ?> face = cabinet.faceOf(tunable);
        if (face != null) {
            cabinet.remove(face);
            if (registered.remove(face.objectName())) {
                remove(face.objectName());
            }
        }
    }

    /** Makes all visible; may be called more than once. */
    public synchronized void open(MBeanServer on) {
        if (phase != Phase.BEFORE) {
            return;
        }
        phase = Phase.OPEN;
        server = on;
        registrar = new Registrar(on, application, archive, location);
        register("the MBean of all breakers", () -> registrar.registerAll(cabinet.application()));
        cabinet.all().forEach(this::registerIfOpen);
        long visible = cabinet.breakers().stream()
                .filter(breaker -> breaker.objectName() != null)
                .count();
        // without a container they are made later
        if (visible > 0) {
            Message.MBEANS_REGISTERED.log(visible, application);
        }
    }

    private interface Registration {
        ObjectName name() throws JMException;
    }

    private void register(String what, Registration registration) {
        try {
            registered.add(registration.name());
        } catch (JMException | RuntimeException refusal) {
            if (!refused) {
                refused = true;
                Message.MBEAN_NOT_REGISTERED.log(refusal, what);
            }
        }
    }

    /** Removes what was registered; may be called more than once. */
    @Override
    public synchronized void close() {
        phase = Phase.CLOSED;
        List<ObjectName> names = new ArrayList<>(registered);
        registered.clear();
        // those below the MBean of all breakers before it
        Collections.reverse(names);
        names.forEach(this::remove);
    }

    private void remove(ObjectName name) {
        try {
            // another deployment may have taken these for left over, and have replaced them by its own
            if (server.getClassLoaderFor(name) == getClass().getClassLoader()) {
                server.unregisterMBean(name);
            }
        } catch (InstanceNotFoundException gone) {
            Message.MBEAN_GONE.log(name);
        } catch (JMException | RuntimeException refused) {
            Message.MBEAN_NOT_REMOVED.log(refused, name);
        }
    }
}
