// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaking;
import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.http.ResilientHttpClient;
import io.switchgear.status.CircuitTransition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application that ends after its class loader was closed, as after a deployment that failed late on GlassFish or
 * Payara.
 */
class ClosedClassLoaderTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final ObjectName ORDERS =
            name("io.switchgear:type=CircuitBreakers,application=default,name=\"orders\"");

    @ApplicationScoped
    public static class Orders {
        @Inject
        ResilientHttpClient client;

        @CircuitBreaking(name = "orders", maxConcurrentCalls = 10)
        @Retrying
        @TimeLimiting
        @FallingBack(lastGood = true, handler = None.class)
        public String find(boolean fails) throws IOException {
            if (fails) {
                throw new IOException("down");
            }
            return "found";
        }

        void transition(@Observes CircuitTransition event) {
            // by another thread
        }
    }

    @Dependent
    public static class None implements FallbackHandler<String> {
        @Override
        public String handle(FailedCall call) {
            return "none";
        }
    }

    /** Loads the library, and what it uses, for one application. */
    private static final class ApplicationLoader extends ClassLoader {
        private volatile boolean closed;

        ApplicationLoader() {
            super(ClosedClassLoaderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (closed) {
                throw new IllegalStateException("this class loader is closed: " + name);
            }
            if (Stream.of("io.switchgear.", "io.micrometer.", "com.codahale.").noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = file.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anApplicationWhoseClassLoaderIsClosedLeavesNoMBean(boolean used) throws Exception {
        Set<ObjectName> before = SERVER.queryNames(null, null);
        ApplicationLoader loader = new ApplicationLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            SeContainer container = start(loader);
            assertThat(SERVER.queryNames(null, null)).hasSizeGreaterThan(before.size());
            if (used) {
                use(container, loader.loadClass(Orders.class.getName()));
            }

            loader.closed = true;
            container.close();
        } finally {
            Thread.currentThread().setContextClassLoader(ClosedClassLoaderTest.class.getClassLoader());
        }

        assertThat(SERVER.queryNames(null, null)).isEqualTo(before);
    }

    private static ObjectName name(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static SeContainer start(ApplicationLoader loader) throws ClassNotFoundException {
        return SeContainerInitializer.newInstance()
                .addBeanClasses(loader.loadClass(Orders.class.getName()), loader.loadClass(None.class.getName()))
                .setClassLoader(loader)
                .initialize();
    }

    private static void use(SeContainer container, Class<?> orders) throws Exception {
        SERVER.addNotificationListener(ORDERS, (notification, none) -> {}, null, null);
        Object bean = container.select(orders).get();
        Method find = orders.getMethod("find", boolean.class);
        assertThat(find.invoke(bean, true)).isEqualTo("none");
        assertThat(find.invoke(bean, false)).isEqualTo("found");
        SERVER.setAttribute(ORDERS, new Attribute("FailureThreshold", 2));
        SERVER.invoke(ORDERS, "forceOpen", new Object[] {"maintenance"}, new String[] {String.class.getName()});
    }
}
