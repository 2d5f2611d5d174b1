// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.AttributeNotFoundException;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;

/**
 * The attributes and operations of all MBeans of one kind.
 *
 * @param <R> the target of operations
 * @param <V> the source of attributes
 */
final class MBeanModel<R, V> {
    /** The name of the descriptor field with the location. */
    static final String LOCATION = "location";

    private final String kind;
    private final String description;
    private final String readOnly;
    private final Map<String, MBeanAttribute<V>> attributes;
    private final List<MBeanOperation<R>> operations;

    /**
     * Creates a model.
     *
     * @param kind the name of the kind in messages, as in {@code a breaker}
     * @param readOnly the predicate of messages about a read-only attribute, as in {@code can be read but not set}
     * @param attributes the attributes, in the order of the {@code MBeanInfo}
     */
    MBeanModel(
            String kind,
            String description,
            String readOnly,
            Stream<MBeanAttribute<V>> attributes,
            List<MBeanOperation<R>> operations) {
        this.kind = kind;
        this.description = description;
        this.readOnly = readOnly;
        this.attributes = attributes.collect(Collectors.toMap(
                attribute -> attribute.info().getName(), attribute -> attribute, (a, b) -> a, LinkedHashMap::new));
        this.operations = operations;
    }

    /** Returns the name of the kind in messages, as in {@code a breaker}. */
    String kind() {
        return kind;
    }

    Optional<MBeanAttribute<V>> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /**
     * Checks that an attribute is writable.
     *
     * @param shown its name for the message
     * @throws AttributeNotFoundException if there is no such attribute, or it is read-only
     */
    void checkWritable(String name, String shown) throws AttributeNotFoundException {
        MBeanAttribute<V> attribute = attributes.get(name);
        if (attribute == null || !attribute.info().isWritable()) {
            throw new AttributeNotFoundException(
                    shown + (attribute == null ? " is no attribute of " + kind : " " + readOnly));
        }
    }

    Optional<MBeanOperation<R>> operation(String name, int parameters) {
        return operations.stream()
                .filter(operation -> operation.isCalled(name, parameters))
                .findFirst();
    }

    /**
     * Returns the description of the MBeans.
     *
     * @param type the class of the MBeans
     * @param location the location that this copy of the library was loaded from, for other copies that want the same
     *     names
     */
    MBeanInfo info(Class<?> type, boolean writable, String location) {
        Function<MBeanAttribute<V>, MBeanAttributeInfo> announced =
                writable ? MBeanAttribute::info : MBeanAttribute::readOnlyInfo;
        return new MBeanInfo(
                type.getName(),
                description,
                attributes.values().stream().map(announced).toArray(MBeanAttributeInfo[]::new),
                null,
                operations.stream().map(MBeanOperation::info).toArray(MBeanOperationInfo[]::new),
                Notifications.INFO.toArray(MBeanNotificationInfo[]::new),
                new ImmutableDescriptor(Map.of(LOCATION, location, "immutableInfo", "true")));
    }
}
