// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import io.switchgear.console.model.Detail.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Reads all attributes of one breaker, and those of what stands around its methods. */
final class DetailReader {
    // the same for all MBeans of a kind, but two applications may have two versions
    private final Map<ObjectName, MBeanInfo> infos = new HashMap<>();
    private final Map<ObjectName, Set<String>> methods = new HashMap<>();

    /** Forgets what was read, as the connection is a new one, or applications have come and gone. */
    void forget() {
        infos.clear();
        methods.clear();
    }

    /** Returns the breaker; {@code null} if its MBean is gone. */
    Detail detail(MBeanServerConnection server, ObjectName mbean, Names names) throws IOException {
        MBeanInfo info = info(server, mbean);
        Map<String, Object> values = info == null ? Map.of() : values(server, mbean, info);
        if (values.isEmpty()) {
            infos.remove(mbean);
            return null;
        }
        Set<String> operations = Arrays.stream(info.getOperations())
                .map(MBeanFeatureInfo::getName)
                .collect(Collectors.toSet());
        Set<String> guarded = lines(values.get("Methods"));
        List<Layer> layers = new ArrayList<>();
        for (ObjectName other : names.layers) {
            boolean sibling = Names.parent(other).equals(Names.parent(mbean));
            boolean sameName = Names.key(other, "name").equals(Names.key(mbean, "name"));
            if (sibling && (sameName || methods(server, other).stream().anyMatch(guarded::contains))) {
                MBeanInfo otherInfo = info(server, other);
                Map<String, Object> facts = otherInfo == null ? Map.of() : values(server, other, otherInfo);
                if (!facts.isEmpty()) {
                    layers.add(new Layer(
                            other,
                            other.getKeyProperty("type"),
                            Names.key(other, "name"),
                            facts(otherInfo, facts),
                            settings(otherInfo, facts)));
                }
            }
        }
        return new Detail(mbean, values, settings(info, values), operations, layers);
    }

    private MBeanInfo info(MBeanServerConnection server, ObjectName mbean) throws IOException {
        MBeanInfo known = infos.get(mbean);
        if (known == null) {
            try {
                known = server.getMBeanInfo(mbean);
                infos.put(mbean, known);
            } catch (JMException | JMRuntimeException gone) {
                return null;
            }
        }
        return known;
    }

    private static Map<String, Object> values(MBeanServerConnection server, ObjectName mbean, MBeanInfo info)
            throws IOException {
        String[] wanted = Arrays.stream(info.getAttributes())
                .filter(MBeanAttributeInfo::isReadable)
                .map(MBeanFeatureInfo::getName)
                .filter(name -> !name.equals("TransitionTable"))
                .toArray(String[]::new);
        return Reader.attributes(server, mbean, wanted);
    }

    private Set<String> methods(MBeanServerConnection server, ObjectName layer) throws IOException {
        Set<String> known = methods.get(layer);
        if (known == null) {
            known = lines(Reader.attributes(server, layer, "Methods").get("Methods"));
            methods.put(layer, known);
        }
        return known;
    }

    private static Set<String> lines(Object value) {
        return value instanceof String[] lines ? new HashSet<>(Arrays.asList(lines)) : Set.of();
    }

    private static List<Setting> settings(MBeanInfo info, Map<String, Object> values) {
        Map<String, String> origins = origins(values.get("Settings"));
        return Arrays.stream(info.getAttributes())
                .filter(Setting::is)
                .filter(attribute -> values.containsKey(attribute.getName()))
                .map(attribute -> Setting.of(
                        attribute, values.get(attribute.getName()), origins.getOrDefault(attribute.getName(), "")))
                .toList();
    }

    private static Map<String, String> origins(Object settings) {
        Map<String, String> origins = new HashMap<>();
        if (settings instanceof TabularData table) {
            for (Object each : table.values()) {
                CompositeData row = (CompositeData) each;
                if (row.containsKey("name") && row.containsKey("origin")) {
                    origins.put(String.valueOf(row.get("name")), Text.line(row.get("origin")));
                }
            }
        }
        return origins;
    }

    private static List<String> facts(MBeanInfo info, Map<String, Object> values) {
        return Stream.of(info.getAttributes())
                .filter(attribute -> attribute.getDescriptor().getFieldValue("metricType") != null)
                .filter(attribute -> values.containsKey(attribute.getName()))
                .map(attribute -> attribute.getName() + " " + Text.shown(values.get(attribute.getName())))
                .toList();
    }
}
