package io.switchgear.jmx;

import io.switchgear.CircuitBreaker;
import io.switchgear.message.Message;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The MBeans of one application. Whatever goes wrong here, the application runs. */
public final class BreakerMBeans implements AutoCloseable {
    private static final String PREFIX = "io.switchgear:type=CircuitBreakers,application=";
    private static final int MOST_INSTANCES = 100;

    private final MBeanServer server;
    private final String application;
    private final Queue<ObjectName> registered = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /**
     * Registers nothing yet.
     *
     * @param application what the MBeans are grouped under
     */
    public BreakerMBeans(MBeanServer server, String application) {
        this.server = server;
        this.application = application.matches("[^,=:\"*?\\p{Cntrl}]+") ? application : ObjectName.quote(application);
    }

    /**
     * Makes the breaker visible. A name that is taken, by a copy of the application for instance, gets a number. Does
     * nothing once closed.
     */
    public void register(CircuitBreaker breaker) {
        if (closed) {
            return;
        }
        String name = PREFIX + application + ",name=" + ObjectName.quote(breaker.name());
        try {
            ObjectName objectName = registered(new BreakerMBean(breaker), name);
            registered.add(objectName);
            if (objectName.getKeyProperty("instance") != null) {
                Message.MBEAN_RENAMED.log(name, objectName);
            }
        } catch (JMException | RuntimeException refused) {
            Message.MBEAN_NOT_REGISTERED.log(refused, name);
        }
    }

    private ObjectName registered(BreakerMBean mbean, String name) throws JMException {
        ObjectName objectName = new ObjectName(name);
        for (int instance = 2; ; instance++) {
            try {
                server.registerMBean(mbean, objectName);
                return objectName;
            } catch (InstanceAlreadyExistsException taken) {
                if (instance > MOST_INSTANCES) {
                    throw taken;
                }
                objectName = new ObjectName(name + ",instance=" + instance);
            }
        }
    }

    /** How many are registered. */
    public int size() {
        return registered.size();
    }

    /** Removes what was registered; may be called more than once. */
    @Override
    public void close() {
        closed = true;
        ObjectName name;
        while ((name = registered.poll()) != null) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException gone) {
                Message.MBEAN_GONE.log(name);
            } catch (JMException | RuntimeException refused) {
                Message.MBEAN_NOT_REMOVED.log(refused, name);
            }
        }
    }
}
