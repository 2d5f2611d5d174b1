// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.guard.Recovery;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The handler that {@code @FallingBack} names, a CDI bean. It is looked up on the first failure and then kept. */
final class HandlerBean implements Recovery<InvocationContext>, AutoCloseable {
    private final String name;
    private final BeanManager beanManager;
    private final Bean<?> bean;
    private final Class<?> type;
    private volatile FallbackHandler<?> reference;
    private CreationalContext<?> context;

    private HandlerBean(String name, BeanManager beanManager, Bean<?> bean, Class<?> type) {
        this.name = name;
        this.beanManager = beanManager;
        this.bean = bean;
        this.type = type;
    }

    /**
     * Returns the handler of a guarded method.
     *
     * @throws IllegalArgumentException if there is no such bean, or the type of its result does not fit the method
     */
    static HandlerBean of(GuardedMethod guarded, String name, ApplicationBeans beans, BeanManager beanManager) {
        Class<?> type = guarded.fallingBack().handler();
        checkResult(guarded, type, FallbackHandler.class);
        try {
            Bean<?> bean = beanManager.resolve(beans.of(type, beanManager));
            if (bean == null) {
                throw new IllegalArgumentException("handler must be a CDI bean, but " + type.getName()
                        + " is none; give it a scope, as @ApplicationScoped");
            }
            return new HandlerBean(name, beanManager, bean, type);
        } catch (AmbiguousResolutionException several) {
            throw new IllegalArgumentException("handler must be one CDI bean, but for " + type.getName()
                    + " there are several: " + several.getMessage());
        }
    }

    /**
     * Checks the type of a handler's result.
     *
     * @param handlers the interface of handlers, with the type of the result as its parameter
     * @throws IllegalArgumentException if it does not fit the method
     */
    static void checkResult(GuardedMethod guarded, Class<?> handler, Class<?> handlers) {
        Class<?> result = new TypeResolver(handler).argumentOf(handlers);
        Class<?> wanted = new TypeResolver(guarded.beanClass()).resultOf(guarded.method());
        if (result != Object.class && !TypeResolver.fits(result, wanted)) {
            throw new IllegalArgumentException("handler must return " + wanted.getTypeName() + ", but "
                    + handler.getName() + " returns " + result.getTypeName());
        }
    }

    @Override
    public Object recover(InvocationContext call, Throwable failure, int attempts) throws Exception {
        List<Object> parameters = Collections.unmodifiableList(Arrays.asList(Arguments.of(call)));
        FallbackHandler<?> present = reference;
        return (present == null ? lookUp() : present)
                .handle(new FailedCall(name, call.getMethod(), parameters, failure, attempts));
    }

    private synchronized FallbackHandler<?> lookUp() {
        if (reference == null) {
            context = beanManager.createCreationalContext(bean);
            reference = (FallbackHandler<?>) beanManager.getReference(bean, type, context);
        }
        return reference;
    }

    @Override
    public synchronized void close() {
        if (context != null) {
            context.release();
        }
    }

    @Override
    public String toString() {
        return "handler " + type.getName();
    }
}
