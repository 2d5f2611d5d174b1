// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;

/**
 * An attribute of an MBean, with its description and its value.
 *
 * @param <V> the source of the value
 * @param setting the setting that the attribute changes; {@code null} if it is not a setting
 */
record MBeanAttribute<V>(MBeanAttributeInfo info, Setting setting, Function<V, Object> value) {
    /** Creates a read-only attribute. */
    static <V> MBeanAttribute<V> reading(String name, Class<?> type, String description, Function<V, Object> value) {
        return new MBeanAttribute<>(info(name, type, description, false, Map.of()), null, value);
    }

    /** Creates an attribute for a number that rises and falls. */
    static <V> MBeanAttribute<V> gauge(
            String name, Class<?> type, String unit, String description, Function<V, Object> value) {
        return metric("gauge", name, type, unit, description, value);
    }

    /** Creates an attribute for a total that only rises. */
    static <V> MBeanAttribute<V> counter(String name, String unit, String description, Function<V, Object> value) {
        return metric("counter", name, long.class, unit, description, value);
    }

    private static <V> MBeanAttribute<V> metric(
            String metricType, String name, Class<?> type, String unit, String description, Function<V, Object> value) {
        Map<String, Object> fields = new HashMap<>(Map.of("metricType", metricType));
        if (!unit.isEmpty()) {
            fields.put("units", unit);
        }
        return new MBeanAttribute<>(info(name, type, description, false, fields), null, value);
    }

    /** Creates a writable attribute that has one of a few names and is not a setting. */
    static <V> MBeanAttribute<V> choice(
            String name, List<String> legalValues, String defaultValue, String description, Function<V, Object> value) {
        Map<String, Object> fields =
                Map.of("legalValues", legalValues.toArray(String[]::new), "defaultValue", defaultValue);
        String full = description + "; " + String.join(", ", legalValues);
        return new MBeanAttribute<>(info(name, String.class, full, true, fields), null, value);
    }

    /** Creates the writable attribute of a setting. */
    static <V> MBeanAttribute<V> of(Setting setting, Function<V, TunableSettings<?>> settings) {
        boolean choice = setting.range() == null;
        Map<String, Object> fields = new HashMap<>();
        fields.put("defaultValue", choice ? setting.defaultValue().toString() : setting.defaultValue());
        if (choice) {
            fields.put("legalValues", setting.legalValues().toArray(String[]::new));
        } else {
            fields.put("units", setting.unit());
            fields.put("minValue", setting.range().min());
            fields.put("maxValue", setting.range().max());
        }
        String description = setting.description() + "; "
                + (choice
                        ? String.join(", ", setting.legalValues())
                        : (setting.unit() + " " + setting.range()).strip());
        return new MBeanAttribute<>(
                info(setting.attributeName(), typeOf(setting), description, true, fields),
                setting,
                view -> plain(settings.apply(view).get(setting)));
    }

    /** Returns the type of a setting in JMX: that of its number, or {@code String}. */
    static Class<?> typeOf(Setting setting) {
        return setting.range() == null ? String.class : setting.type();
    }

    /** Returns the value of a setting in JMX: a number or text. */
    static Object plain(Object value) {
        return value instanceof Number ? value : value.toString();
    }

    /** Returns the description of the attribute where JMX may change nothing. */
    MBeanAttributeInfo readOnlyInfo() {
        return new MBeanAttributeInfo(
                info.getName(), info.getType(), info.getDescription(), true, false, false, info.getDescriptor());
    }

    private static MBeanAttributeInfo info(
            String name, Class<?> type, String description, boolean writable, Map<String, Object> fields) {
        return new MBeanAttributeInfo(
                name, type.getName(), description, true, writable, false, new ImmutableDescriptor(fields));
    }
}
