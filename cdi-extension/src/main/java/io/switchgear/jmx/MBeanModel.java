package io.switchgear.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;

/**
 * What can be read, set, done and heard through MBeans of one kind.
 *
 * @param <V> what attributes are read from
 * @param <T> what operations are done to
 * @param kind for messages, as in {@code A breaker}
 * @param attributes by name, in the order in which they are announced
 */
record MBeanModel<V, T>(
        String kind,
        String className,
        String description,
        Map<String, MBeanAttribute<V>> attributes,
        List<MBeanOperation<T>> operations) {

    static <V, T> MBeanModel<V, T> of(
            String kind,
            Class<?> type,
            String description,
            Stream<MBeanAttribute<V>> attributes,
            List<MBeanOperation<T>> operations) {
        Map<String, MBeanAttribute<V>> byName = attributes.collect(Collectors.toMap(
                attribute -> attribute.info().getName(), attribute -> attribute, (a, b) -> a, LinkedHashMap::new));
        return new MBeanModel<>(kind, type.getName(), description, byName, operations);
    }

    Optional<MBeanOperation<T>> operation(String name, int parameters) {
        return operations.stream()
                .filter(operation -> operation.isCalled(name, parameters))
                .findFirst();
    }

    /**
     * As it is announced.
     *
     * @param location where this copy of the library was loaded from, told to others that want the same names
     */
    MBeanInfo info(boolean writable, String location) {
        Function<MBeanAttribute<V>, MBeanAttributeInfo> announced =
                writable ? MBeanAttribute::info : MBeanAttribute::readOnlyInfo;
        return new MBeanInfo(
                className,
                description,
                attributes.values().stream().map(announced).toArray(MBeanAttributeInfo[]::new),
                null,
                operations.stream().map(MBeanOperation::info).toArray(MBeanOperationInfo[]::new),
                Notifications.INFO.toArray(MBeanNotificationInfo[]::new),
                new ImmutableDescriptor(Map.of(LOCATION, location, "immutableInfo", "true")));
    }

    /** The field of the descriptor that has the location. */
    static final String LOCATION = "location";
}
