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
 * An attribute of an MBean: how it is announced, and where it is read.
 *
 * @param <V> what it is read from
 * @param setting what writing it changes; {@code null} if it is no setting
 */
record MBeanAttribute<V>(MBeanAttributeInfo info, Setting setting, Function<V, Object> value) {
    static <V> MBeanAttribute<V> reading(String name, Class<?> type, String description, Function<V, Object> value) {
        return new MBeanAttribute<>(info(name, type, description, false, Map.of()), null, value);
    }

    /** A number that goes up and down. */
    static <V> MBeanAttribute<V> gauge(
            String name, Class<?> type, String unit, String description, Function<V, Object> value) {
        return metric("gauge", name, type, unit, description, value);
    }

    /** A total that only grows. */
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

    /** One of a few names; writable, though no setting. */
    static <V> MBeanAttribute<V> choice(
            String name, List<String> legalValues, String defaultValue, String description, Function<V, Object> value) {
        Map<String, Object> fields =
                Map.of("legalValues", legalValues.toArray(String[]::new), "defaultValue", defaultValue);
        String full = description + "; " + String.join(", ", legalValues);
        return new MBeanAttribute<>(info(name, String.class, full, true, fields), null, value);
    }

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

    /** What a setting is to a console: a number or text. */
    static Class<?> typeOf(Setting setting) {
        return setting.range() == null ? String.class : setting.type();
    }

    /** A value of a setting as a console gets it. */
    static Object plain(Object value) {
        return value instanceof Number ? value : value.toString();
    }

    /** As it is announced where nothing may be written. */
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
