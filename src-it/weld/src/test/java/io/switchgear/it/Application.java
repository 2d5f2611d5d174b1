// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.status.BreakerSnapshot;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** A CDI application of some bean classes; the extension is loaded from the class path, as for users. */
final class Application implements AutoCloseable {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final Set<String> properties;
    private final WeldContainer container;

    Application(Class<?>... beans) {
        this(weld -> weld, beans);
    }

    Application(UnaryOperator<Weld> configuration, Class<?>... beans) {
        this(Map.of(), configuration, beans);
    }

    /** Creates an application with system properties, which are removed when it is closed or does not start. */
    Application(Map<String, String> properties, Class<?>... beans) {
        this(properties, weld -> weld, beans);
    }

    private Application(Map<String, String> properties, UnaryOperator<Weld> configuration, Class<?>... beans) {
        Weld weld = new Weld().disableDiscovery().addBeanClasses(beans);
        // without discovery of beans, Weld does not look for extensions on the class path either
        ServiceLoader.load(Extension.class).forEach(weld::addExtension);
        this.properties = properties.keySet();
        properties.forEach(System::setProperty);
        boolean started = false;
        try {
            container = configuration.apply(weld).initialize();
            started = true;
        } finally {
            if (!started) {
                this.properties.forEach(System::clearProperty);
            }
        }
    }

    <T> T get(Class<T> type) {
        return container.select(type).get();
    }

    <T> Instance<T> all(Class<T> type, Annotation... qualifiers) {
        return container.select(type, qualifiers);
    }

    CircuitBreaker breaker(String name) {
        return get(CircuitBreakers.class).find(name).orElseThrow(() -> new AssertionError(name + " not in " + names()));
    }

    BreakerSnapshot snapshot(String name) {
        return breaker(name).snapshot();
    }

    List<String> names() {
        return get(CircuitBreakers.class).all().stream()
                .map(CircuitBreaker::name)
                .toList();
    }

    /** Returns the names of the MBeans of breakers. */
    static Set<ObjectName> mbeans() {
        return registered("io.switchgear:name=*,*");
    }

    /** Returns the names of all MBeans of the library. */
    static Set<ObjectName> everything() {
        return registered("io.switchgear:*");
    }

    private static Set<ObjectName> registered(String pattern) {
        try {
            return SERVER.queryNames(new ObjectName(pattern), null);
        } catch (MalformedObjectNameException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        try {
            container.close();
        } finally {
            properties.forEach(System::clearProperty);
        }
    }
}
