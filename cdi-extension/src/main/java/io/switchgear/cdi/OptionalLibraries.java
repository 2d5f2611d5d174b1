// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Type;
import java.util.List;

/** Detects optional libraries. Needs none of their classes, so it also works without them. */
final class OptionalLibraries {
    private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private static final String FAULT_TOLERANCE = "org.eclipse.microprofile.faulttolerance.Retry";

    /** The extensions of implementations of MicroProfile Fault Tolerance that applications can bring themselves. */
    private static final List<String> IMPLEMENTATIONS = List.of(
            "io.smallrye.faulttolerance.FaultToleranceExtension",
            "io.helidon.microprofile.faulttolerance.FaultToleranceExtension",
            "org.apache.safeguard.impl.cdi.SafeguardExtension",
            "fish.payara.microprofile.faulttolerance.cdi.FaultToleranceExtension");

    private OptionalLibraries() {}

    /** Returns whether Micrometer is present. */
    static boolean haveMicrometer() {
        return isLoadable(METER_REGISTRY);
    }

    /** Returns whether the registry of Micrometer that shows meters as MBeans is present. */
    static boolean haveJmxMeters() {
        return isLoadable("io.micrometer.jmx.JmxMeterRegistry");
    }

    /** Returns whether the API of Jakarta Transactions is present. */
    static boolean haveTransactions() {
        return isLoadable("jakarta.transaction.Transactional");
    }

    /** Returns whether the API of Jakarta Enterprise Beans is present. */
    static boolean haveEnterpriseBeans() {
        return isLoadable("jakarta.ejb.TransactionAttribute");
    }

    /** Returns whether the API of MicroProfile Health is present. */
    static boolean haveMicroProfileHealth() {
        return isLoadable("org.eclipse.microprofile.health.Readiness");
    }

    /** Returns whether the API of MicroProfile Fault Tolerance is present. */
    static boolean haveFaultTolerance() {
        return isLoadable(FAULT_TOLERANCE);
    }

    /**
     * Returns whether the API of MicroProfile Fault Tolerance is present, but no implementation: the application brings
     * it, from where it brings this library. An API that a server brings comes with the server's implementation.
     */
    static boolean aloneHaveFaultTolerance() {
        try {
            ClassLoader own = OptionalLibraries.class.getClassLoader();
            return Class.forName(FAULT_TOLERANCE, false, own).getClassLoader() == own
                    && IMPLEMENTATIONS.stream().noneMatch(OptionalLibraries::isLoadable);
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    /** Returns whether the bean is a meter registry of Micrometer, from whichever class loader. */
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
