// SPDX-License-Identifier: Apache-2.0
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
 * Registers the MBeans of an application, even if a name is already in use: by a copy of this library in another
 * archive of the same application, by an MBean that an earlier deployment left behind, or by a foreign MBean. Breaker
 * MBeans carry the extra key of the application's MBean, so that consoles nest them below it.
 */
final class Registrar {
    private static final int MAX_INSTANCES = 100;

    private final MBeanServer server;
    private final String application;
    private final String archive;
    private final String location;
    private String parentSuffix = "";

    /**
     * Creates a registrar.
     *
     * @param archive the archive that distinguishes MBeans whose names are taken; empty if unknown
     * @param location the location that this copy was loaded from; empty if unknown
     */
    Registrar(MBeanServer server, String application, String archive, String location) {
        this.server = server;
        this.application = quoted(application);
        this.archive = archive;
        this.location = location;
    }

    private String prefix(TunableKind kind) {
        return prefix(kind.plural());
    }

    private String prefix(String type) {
        return "io.switchgear:type=" + type + ",application=" + application;
    }

    private static String quoted(String value) {
        return value.matches("[^,=:\"*?\\p{Cntrl}]+") ? value : ObjectName.quote(value);
    }

    /**
     * Registers the MBean of all breakers. Must be called before {@link #register}. Removes all MBeans that an earlier
     * deployment left behind: this one may have others.
     */
    ObjectName registerParent(ConsoleMBean<ApplicationResource, ?> mbean) throws JMException {
        removeLeftOvers();
        String name = prefix(TunableKind.BREAKER);
        for (String suffix : suffixes()) {
            if (isRegistered(mbean, new ObjectName(name + suffix))) {
                parentSuffix = suffix;
                return checked(name, mbean);
            }
        }
        throw new InstanceAlreadyExistsException(name);
    }

    /** Registers the MBean of a breaker or layer. */
    ObjectName register(ConsoleMBean<? extends TunableResource<?>, ?> mbean) throws JMException {
        return registerChild(
                prefix(mbean.resource().kind()) + ",name="
                        + ObjectName.quote(mbean.resource().name()),
                mbean);
    }

    ObjectName registerFleet(ConsoleMBean<FleetResource, ?> mbean) throws JMException {
        return registerChild(prefix("Fleet"), mbean);
    }

    private ObjectName registerChild(String name, ConsoleMBean<?, ?> mbean) throws JMException {
        List<String> candidates = new ArrayList<>(List.of(parentSuffix));
        candidates.addAll(suffixes());
        for (String suffix : candidates) {
            if (isRegistered(mbean, new ObjectName(name + suffix))) {
                return checked(name + parentSuffix, mbean);
            }
        }
        throw new InstanceAlreadyExistsException(name);
    }

    private ObjectName checked(String wanted, ConsoleMBean<?, ?> mbean) {
        if (!mbean.objectName().toString().equals(wanted)) {
            Message.MBEAN_RENAMED.log(wanted, mbean.objectName());
        }
        return mbean.objectName();
    }

    /** Returns the keys that distinguish MBeans of the same name, in the order in which they are tried. */
    private List<String> suffixes() {
        List<String> suffixes = new ArrayList<>(List.of(""));
        String archived = archive.isEmpty() ? "" : ",archive=" + quoted(archive);
        if (!archive.isEmpty()) {
            suffixes.add(archived);
        }
        for (int instance = 2; instance <= MAX_INSTANCES; instance++) {
            suffixes.add(archived + ",instance=" + instance);
        }
        return suffixes;
    }

    private boolean isRegistered(ConsoleMBean<?, ?> mbean, ObjectName name) throws JMException {
        try {
            add(mbean, name);
        } catch (InstanceAlreadyExistsException taken) {
            if (server.isRegistered(name)) {
                return false;
            }
            add(mbean, name);
        }
        mbean.registeredAs(name);
        return true;
    }

    private void add(ConsoleMBean<?, ?> mbean, ObjectName name) throws JMException {
        try {
            server.registerMBean(mbean, name);
        } catch (Error thrown) {
            // by a listener of the server, which is notified when the MBean is there
            if (!server.isRegistered(name)) {
                throw thrown;
            }
        }
    }

    private void removeLeftOvers() throws JMException {
        for (ObjectName name : server.queryNames(new ObjectName("io.switchgear:*"), null)) {
            try {
                if (isLeftOver(name)) {
                    server.unregisterMBean(name);
                    Message.MBEAN_REPLACED.log(name);
                }
            } catch (InstanceNotFoundException gone) {
                // meanwhile, as its application ended
            }
        }
    }

    /** Returns whether the MBean is of this library and location, but of the classes of an earlier deployment. */
    private boolean isLeftOver(ObjectName name) throws JMException {
        MBeanInfo there = server.getMBeanInfo(name);
        return there.getClassName().startsWith(Registrar.class.getPackageName() + ".")
                && !location.isEmpty()
                && location.equals(there.getDescriptor().getFieldValue(MBeanModel.LOCATION))
                && server.getClassLoaderFor(name) != Registrar.class.getClassLoader();
    }
}
