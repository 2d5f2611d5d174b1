// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The one bean of a container.
 *
 * @param <B> its class
 */
@State(Scope.Benchmark)
public abstract class ContainedBean<B> {
    final B bean;
    private final Container container;
    private final String interceptors;
    private final Consumer<B> guarded;

    /**
     * Starts the container.
     *
     * @param interceptors the package of the class that must intercept the guarded method
     * @param guarded calls that method with {@code null}, which fails
     */
    ContainedBean(Container container, Class<B> type, String interceptors, Consumer<B> guarded) {
        this.container = container;
        this.bean = container.proxy(type);
        this.interceptors = interceptors;
        this.guarded = guarded;
    }

    @Setup
    public void check() {
        container.mustIntercept(interceptors, () -> guarded.accept(bean));
    }

    @TearDown
    public void stop() {
        container.close();
    }
}
