// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import io.switchgear.CircuitBreaker;
import io.switchgear.CircuitBreakers;
import io.switchgear.status.BreakerSnapshot;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** A CDI application of some bean classes; the extension is loaded from the class path, as for users. */
final class Application implements AutoCloseable {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final Set<String> properties;
    // OpenWebBeans has one container per context class loader, even after one that did not start
    private final ClassLoader outerLoader = Thread.currentThread().getContextClassLoader();
    private final SeContainer container;

    Application(Class<?>... beans) {
        this(initializer -> initializer, beans);
    }

    Application(UnaryOperator<SeContainerInitializer> configuration, Class<?>... beans) {
        this(Map.of(), configuration, beans);
    }

    /** Creates an application with system properties, which are removed when it is closed or does not start. */
    Application(Map<String, String> properties, Class<?>... beans) {
        this(properties, initializer -> initializer, beans);
    }

    private Application(
            Map<String, String> properties, UnaryOperator<SeContainerInitializer> configuration, Class<?>... beans) {
        Thread.currentThread().setContextClassLoader(new ClassLoader(outerLoader) {});
        this.properties = properties.keySet();
        properties.forEach(System::setProperty);
        try (LoggedProblems problems = new LoggedProblems()) {
            container = start(configuration, beans, problems);
        } catch (Throwable refused) {
            leave();
            throw refused;
        }
    }

    private static SeContainer start(
            UnaryOperator<SeContainerInitializer> configuration, Class<?>[] beans, LoggedProblems problems) {
        try {
            // with discovery, without which Weld would not find the extension; no archive has a beans.xml
            return configuration
                    .apply(SeContainerInitializer.newInstance().addBeanClasses(beans))
                    .initialize();
        } catch (Throwable refused) {
            problems.addTo(refused);
            throw refused;
        }
    }

    private void leave() {
        Thread.currentThread().setContextClassLoader(outerLoader);
        properties.forEach(System::clearProperty);
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
            leave();
        }
    }
}
