// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** The MBeans of Switchgear in a JVM, by their names. */
final class Names {
    static final ObjectName ALL = objectName("io.switchgear:*");
    private static final String BREAKERS = "CircuitBreakers";

    /** The breakers of each application, by name. */
    final Map<ObjectName, Map<String, ObjectName>> breakers = new LinkedHashMap<>();

    /** Retries, fallbacks, time limits, bulkheads and services. */
    final List<ObjectName> layers = new ArrayList<>();

    /** Sorts the MBeans that a query has found. */
    Names(Set<ObjectName> found) {
        Set<ObjectName> sorted = new TreeSet<>(found);
        for (ObjectName name : sorted) {
            if (isOfType(name, BREAKERS) && name.getKeyProperty("name") == null) {
                breakers.put(name, new LinkedHashMap<>());
            }
        }
        for (ObjectName name : sorted) {
            if (name.getKeyProperty("name") == null) {
                continue;
            }
            if (isOfType(name, BREAKERS)) {
                Map<String, ObjectName> siblings = breakers.get(parent(name));
                if (siblings != null) {
                    siblings.put(key(name, "name"), name);
                }
            } else {
                layers.add(name);
            }
        }
    }

    private static boolean isOfType(ObjectName name, String type) {
        return type.equals(name.getKeyProperty("type"));
    }

    /** Returns the name of the MBean of all breakers that has the keys of this one. */
    @SuppressWarnings("JdkObsolete") // ObjectName takes no other map
    static ObjectName parent(ObjectName name) {
        Hashtable<String, String> keys = new Hashtable<>(name.getKeyPropertyList());
        keys.remove("name");
        keys.put("type", BREAKERS);
        try {
            return new ObjectName(name.getDomain(), keys);
        } catch (MalformedObjectNameException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns the value of a key without its quotes; empty if there is none. */
    static String key(ObjectName name, String key) {
        String value = name.getKeyProperty(key);
        if (value == null) {
            return "";
        }
        try {
            return value.startsWith("\"") ? ObjectName.unquote(value) : value;
        } catch (IllegalArgumentException notQuoted) {
            return value;
        }
    }

    private static ObjectName objectName(String text) {
        try {
            return new ObjectName(text);
        } catch (MalformedObjectNameException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
