package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import io.switchgear.store.SavedSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MBeans of one application: one for each breaker, and one for all of them. Whatever goes wrong here, the
 * application runs.
 */
public final class BreakerMBeans implements AutoCloseable {
    private enum Phase {
        BEFORE,
        OPEN,
        CLOSED
    }

    private final MBeanServer server;
    private final Registrar registrar;
    private final Cabinet cabinet;
    private final Deque<ObjectName> registered = new ArrayDeque<>();
    private Phase phase = Phase.BEFORE;

    /**
     * Registers nothing yet.
     *
     * @param application what the MBeans are grouped under
     * @param archive that this copy of the library belongs to; empty if that is not known
     * @param writable whether anything can be changed through them
     */
    public BreakerMBeans(
            MBeanServer server, String application, String archive, boolean writable, SavedSettings saved) {
        this.server = server;
        this.registrar = new Registrar(server, application, archive);
        this.cabinet = new Cabinet(writable, saved, archive);
    }

    /** Makes the breaker visible, as soon as these are {@linkplain #open open}. Does nothing once closed. */
    public synchronized void add(CircuitBreaker breaker, Origin origin) {
        if (phase == Phase.CLOSED) {
            return;
        }
        BreakerMBean mbean = new BreakerMBean(cabinet, breaker, origin);
        cabinet.add(mbean);
        breaker.listen(mbean);
        if (phase == Phase.OPEN) {
            register(mbean, registrar.nameOf(breaker.name()));
        }
    }

    /** Makes all visible; may be called more than once. */
    public synchronized void open() {
        if (phase != Phase.BEFORE) {
            return;
        }
        phase = Phase.OPEN;
        register(cabinet.application(), registrar.nameOfAll());
        for (BreakerMBean mbean : cabinet.breakers()) {
            register(mbean, registrar.nameOf(mbean.name()));
        }
        Message.MBEANS_REGISTERED.log(size(), registrar.nameOfAll());
    }

    private void register(Face<?, ?> face, String name) {
        try {
            registered.push(registrar.register(face, name));
        } catch (JMException | RuntimeException refused) {
            Message.MBEAN_NOT_REGISTERED.log(refused, name);
        }
    }

    /** How many breakers are MBeans. */
    public synchronized int size() {
        return Math.max(0, registered.size() - 1);
    }

    /** Removes what was registered; may be called more than once. */
    @Override
    public synchronized void close() {
        if (phase == Phase.OPEN) {
            cabinet.stopping();
        }
        phase = Phase.CLOSED;
        while (!registered.isEmpty()) {
            remove(registered.pop());
        }
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
