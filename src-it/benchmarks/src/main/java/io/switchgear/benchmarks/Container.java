// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import jakarta.enterprise.inject.spi.Extension;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/**
 * A Weld container with only the given beans: no discovery, and of all extensions on the class path only those of one
 * vendor.
 */
final class Container implements AutoCloseable {
    private final WeldContainer weld;

    private Container(Weld builder) {
        this.weld = builder.initialize();
    }

    static Container with(Class<?> interceptor, Class<?>... beans) {
        return new Container(
                empty().beanClasses(beans).addInterceptor(interceptor).addBeanClass(interceptor));
    }

    static Container withExtensionsFrom(String packagePrefix, Class<?>... beans) {
        Weld builder = empty().beanClasses(beans);
        ServiceLoader.load(Extension.class).stream()
                .filter(provider -> provider.type().getName().startsWith(packagePrefix + "."))
                .forEach(provider -> builder.addExtension(provider.get()));
        return new Container(builder);
    }

    private static Weld empty() {
        return new Weld().disableDiscovery();
    }

    <T> T proxy(Class<T> type) {
        return weld.select(type).get();
    }

    /**
     * Checks that calls are intercepted, as a row without a guard would be fast for the wrong reason.
     *
     * @param guarded calls the guarded method with {@code null}, which fails
     * @throws IllegalStateException if no class of this package is in the stack trace of the failure
     */
    void mustIntercept(String packageName, Runnable guarded) {
        try {
            guarded.run();
        } catch (NullPointerException failure) {
            if (Stream.of(failure.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().startsWith(packageName + "."))) {
                return;
            }
            throw new IllegalStateException("the row is void: no interceptor of " + packageName, failure);
        }
        throw new IllegalStateException("the row is void: the bean was not called");
    }

    @Override
    public void close() {
        weld.close();
    }
}
