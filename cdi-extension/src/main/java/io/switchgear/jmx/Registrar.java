package io.switchgear.jmx;

import io.switchgear.message.Message;
import java.util.Objects;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Finds a name for each MBean of an application, also where the name that it ought to have is taken: by a copy of this
 * library in another archive of the same application; by an MBean of ours that an earlier deployment left behind; or by
 * somebody else.
 */
final class Registrar {
    private static final String PREFIX = "io.switchgear:type=CircuitBreakers,application=";
    private static final int MOST_INSTANCES = 100;

    private final MBeanServer server;
    private final String application;
    private final String archive;

    /** @param archive that this copy of the library belongs to; empty if that is not known */
    Registrar(MBeanServer server, String application, String archive) {
        this.server = server;
        this.application = PREFIX + quoted(application);
        this.archive = archive;
    }

    private static String quoted(String value) {
        return value.matches("[^,=:\"*?\\p{Cntrl}]+") ? value : ObjectName.quote(value);
    }

    /** The name of the whole, without what tells clashing ones apart. */
    String nameOfAll() {
        return application;
    }

    String nameOf(String breaker) {
        return application + ",name=" + ObjectName.quote(breaker);
    }

    ObjectName register(Face<?, ?> face, String name) throws JMException {
        ObjectName objectName = new ObjectName(name);
        if (isRegistered(face, objectName) || (isLeftOver(objectName) && isReplaced(face, objectName))) {
            return objectName;
        }
        String apart = archive.isEmpty() ? name : name + ",archive=" + quoted(archive);
        objectName = new ObjectName(apart);
        for (int instance = 2; !isRegistered(face, objectName); instance++) {
            if (instance > MOST_INSTANCES) {
                throw new InstanceAlreadyExistsException(objectName.toString());
            }
            objectName = new ObjectName(apart + ",instance=" + instance);
        }
        Message.MBEAN_RENAMED.log(name, objectName);
        return objectName;
    }

    private boolean isRegistered(Face<?, ?> face, ObjectName name) throws JMException {
        try {
            face.registeredAs(name);
            server.registerMBean(face, name);
            return true;
        } catch (InstanceAlreadyExistsException taken) {
            return false;
        }
    }

    /** Of ours and for the same archive, but from classes that are not these: those of a deployment before this one. */
    private boolean isLeftOver(ObjectName name) throws JMException {
        MBeanInfo there = server.getMBeanInfo(name);
        boolean ours = there.getClassName().startsWith(Registrar.class.getPackageName() + ".");
        return ours
                && Objects.equals(there.getDescriptor().getFieldValue(Vocabulary.ARCHIVE), archive)
                && server.getClassLoaderFor(name) != Registrar.class.getClassLoader();
    }

    private boolean isReplaced(Face<?, ?> face, ObjectName name) throws JMException {
        Message.MBEAN_REPLACED.log(name);
        server.unregisterMBean(name);
        return isRegistered(face, name);
    }
}
