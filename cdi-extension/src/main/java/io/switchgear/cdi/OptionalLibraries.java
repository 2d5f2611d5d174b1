package io.switchgear.cdi;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Type;

/** Which optional libraries are there. Needs none of their classes, so that it can be asked where they are not. */
final class OptionalLibraries {
    private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private OptionalLibraries() {}

    static boolean haveMicrometer() {
        return isLoadable(METER_REGISTRY);
    }

    /** Of Micrometer, too, what shows meters as MBeans. */
    static boolean haveJmxMeters() {
        return isLoadable("io.micrometer.jmx.JmxMeterRegistry");
    }

    static boolean haveMicroProfileHealth() {
        return isLoadable("org.eclipse.microprofile.health.Readiness");
    }

    /** Whether the bean is a registry of Micrometer's, whoever loaded that. */
    static boolean isMeterRegistry(Bean<?> bean) {
        return bean.getTypes().stream().map(Type::getTypeName).anyMatch(METER_REGISTRY::equals);
    }

    private static boolean isLoadable(String name) {
        try {
            Class.forName(name, false, OptionalLibraries.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
