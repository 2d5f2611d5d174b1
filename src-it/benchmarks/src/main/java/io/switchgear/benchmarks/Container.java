package io.switchgear.benchmarks;

import jakarta.enterprise.inject.spi.Extension;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/**
 * A Weld with nothing in it but what it is given: no discovery, and of all extensions on the class path one vendor's.
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
     * Makes sure that a guard is in the way, as a row without one would shine for the wrong reason.
     *
     * @param guarded calls the bean's guarded method with no work, which fails
     * @throws IllegalStateException if the failure did not come through a class of this package
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
