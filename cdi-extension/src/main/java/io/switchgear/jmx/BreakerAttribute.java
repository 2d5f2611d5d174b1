package io.switchgear.jmx;

import io.switchgear.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;

/**
 * An attribute of a breaker's MBean: how it is announced, and where it is read.
 *
 * @param setting what writing it changes; {@code null} if it is no setting
 */
record BreakerAttribute(MBeanAttributeInfo info, Setting setting, Function<View, Object> value) {
    private static final Map<Class<?>, Class<?>> PRIMITIVES =
            Map.of(Integer.class, int.class, Long.class, long.class, Double.class, double.class);

    static BreakerAttribute reading(String name, Class<?> type, String description, Function<View, Object> value) {
        return new BreakerAttribute(info(name, type, description, false, Map.of()), null, value);
    }

    /** A number that goes up and down. */
    static BreakerAttribute gauge(
            String name, Class<?> type, String unit, String description, Function<View, Object> value) {
        return metric("gauge", name, type, unit, description, value);
    }

    /** A total that only grows. */
    static BreakerAttribute counter(String name, String unit, String description, Function<View, Object> value) {
        return metric("counter", name, long.class, unit, description, value);
    }

    private static BreakerAttribute metric(
            String metricType,
            String name,
            Class<?> type,
            String unit,
            String description,
            Function<View, Object> value) {
        Map<String, Object> fields = new HashMap<>(Map.of("metricType", metricType));
        if (!unit.isEmpty()) {
            fields.put("units", unit);
        }
        return new BreakerAttribute(info(name, type, description, false, fields), null, value);
    }

    /** One of a few names; writable, though no setting. */
    static BreakerAttribute choice(
            String name,
            List<String> legalValues,
            String defaultValue,
            String description,
            Function<View, Object> value) {
        Map<String, Object> fields =
                Map.of("legalValues", legalValues.toArray(String[]::new), "defaultValue", defaultValue);
        String full = description + "; " + String.join(", ", legalValues);
        return new BreakerAttribute(info(name, String.class, full, true, fields), null, value);
    }

    static BreakerAttribute of(Setting setting) {
        boolean choice = setting.type().isEnum();
        Map<String, Object> fields = new HashMap<>();
        fields.put("defaultValue", choice ? setting.defaultValue().toString() : setting.defaultValue());
        if (choice) {
            fields.put("legalValues", setting.legalValues().toArray(String[]::new));
        } else {
            fields.put("units", setting.unit());
            fields.put("minValue", setting.range().min());
            fields.put("maxValue", setting.range().max());
        }
        Class<?> type = choice ? String.class : PRIMITIVES.get(setting.type());
        String description = setting.description() + "; "
                + (choice
                        ? String.join(", ", setting.legalValues())
                        : (setting.unit() + " " + setting.range()).strip());
        return new BreakerAttribute(info(setting.attributeName(), type, description, true, fields), setting, view -> {
            Object value = setting.of(view.snapshot().settings());
            return choice ? value.toString() : value;
        });
    }

    private static MBeanAttributeInfo info(
            String name, Class<?> type, String description, boolean writable, Map<String, Object> fields) {
        return new MBeanAttributeInfo(
                name, type.getName(), description, true, writable, false, new ImmutableDescriptor(fields));
    }
}
