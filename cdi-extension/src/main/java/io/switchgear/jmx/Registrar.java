package io.switchgear.jmx;

import io.switchgear.message.Message;
import io.switchgear.settings.TunableKind;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Finds a name for each MBean of an application, also where the name that it ought to have is taken: by a copy of this
 * library in another archive of the same application; by an MBean of ours that an earlier deployment left behind; or by
 * somebody else. What the MBean of all breakers is told apart by, those of the breakers have as well, so that they hang
 * under it.
 */
final class Registrar {
    private static final int MOST_INSTANCES = 100;

    private final MBeanServer server;
    private final String application;
    private final String archive;
    private final String location;
    private String apart = "";

    /**
     * @param archive that this copy of the library belongs to; empty if that is not known
     * @param location where it was loaded from; empty if that is not known
     */
    Registrar(MBeanServer server, String application, String archive, String location) {
        this.server = server;
        this.application = quoted(application);
        this.archive = archive;
        this.location = location;
    }

    private String prefix(TunableKind kind) {
        return "io.switchgear:type=" + kind.plural() + ",application=" + application;
    }

    private static String quoted(String value) {
        return value.matches("[^,=:\"*?\\p{Cntrl}]+") ? value : ObjectName.quote(value);
    }

    /** To be called first. */
    ObjectName registerAll(ApplicationMBean mbean) throws JMException {
        String name = prefix(TunableKind.BREAKER);
        for (String suffix : suffixes()) {
            if (isRegistered(mbean, new ObjectName(name + suffix))) {
                apart = suffix;
                return told(name, mbean);
            }
        }
        throw new InstanceAlreadyExistsException(name);
    }

    ObjectName register(TunableMBean<?, ?> mbean) throws JMException {
        String name = prefix(mbean.kind()) + ",name=" + ObjectName.quote(mbean.name());
        List<String> candidates = new ArrayList<>(List.of(apart));
        candidates.addAll(suffixes());
        for (String suffix : candidates) {
            if (isRegistered(mbean, new ObjectName(name + suffix))) {
                return told(name + apart, mbean);
            }
        }
        throw new InstanceAlreadyExistsException(name);
    }

    private ObjectName told(String wanted, AbstractMBean<?, ?> face) {
        if (!face.objectName().toString().equals(wanted)) {
            Message.MBEAN_RENAMED.log(wanted, face.objectName());
        }
        return face.objectName();
    }

    /** What to tell MBeans of one name apart by, the best first. */
    private List<String> suffixes() {
        List<String> suffixes = new ArrayList<>(List.of(""));
        String archived = archive.isEmpty() ? "" : ",archive=" + quoted(archive);
        if (!archive.isEmpty()) {
            suffixes.add(archived);
        }
        for (int instance = 2; instance <= MOST_INSTANCES; instance++) {
            suffixes.add(archived + ",instance=" + instance);
        }
        return suffixes;
    }

    private boolean isRegistered(AbstractMBean<?, ?> face, ObjectName name) throws JMException {
        try {
            server.registerMBean(face, name);
        } catch (InstanceAlreadyExistsException taken) {
            if (!isGone(name)) {
                return false;
            }
            server.registerMBean(face, name);
        }
        face.registeredAs(name);
        return true;
    }

    /** Whether the MBean that was there has gone meanwhile, or was left over and had to go. */
    private boolean isGone(ObjectName name) throws JMException {
        try {
            if (!isLeftOver(name)) {
                return false;
            }
            server.unregisterMBean(name);
            Message.MBEAN_REPLACED.log(name);
            return true;
        } catch (InstanceNotFoundException gone) {
            return true;
        }
    }

    /** Of ours and from the same place, but of classes that are not these: those of a deployment before this one. */
    private boolean isLeftOver(ObjectName name) throws JMException {
        MBeanInfo there = server.getMBeanInfo(name);
        return there.getClassName().startsWith(Registrar.class.getPackageName() + ".")
                && !location.isEmpty()
                && location.equals(there.getDescriptor().getFieldValue(MBeanModel.LOCATION))
                && server.getClassLoaderFor(name) != Registrar.class.getClassLoader();
    }
}
