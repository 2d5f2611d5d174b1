// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Type;

/** Detects optional libraries. Needs none of their classes, so it also works without them. */
final class OptionalLibraries {
    private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

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
