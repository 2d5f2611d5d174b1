package io.switchgear.cdi;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Type;

/** Whether there is Micrometer. Names none of its classes, so that it can be asked also where there is not. */
final class Micrometer {
    private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private Micrometer() {}

    static boolean isThere() {
        return isLoadable(REGISTRY);
    }

    /** Whether there is also what shows meters as MBeans. */
    static boolean hasJmx() {
        return isLoadable("io.micrometer.jmx.JmxMeterRegistry");
    }

    /** Whether the bean is one of its registries, whoever loaded that. */
    static boolean isRegistry(Bean<?> bean) {
        return bean.getTypes().stream().map(Type::getTypeName).anyMatch(REGISTRY::equals);
    }

    private static boolean isLoadable(String name) {
        try {
            Class.forName(name, false, Micrometer.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
