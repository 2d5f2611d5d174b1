// SPDX-License-Identifier: Apache-2.0
package io.switchgear.microprofile;

import io.switchgear.guard.Recovery;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.Set;
import org.eclipse.microprofile.faulttolerance.ExecutionContext;
import org.eclipse.microprofile.faulttolerance.FallbackHandler;

/**
 * Recovers with a {@link FallbackHandler}. If its class is a bean, that is used by the rules of its scope; otherwise
 * each failure gets a new instance, with its dependencies injected.
 */
final class HandlerRecovery<H extends FallbackHandler<?>> implements Recovery<InvocationContext> {
    private record Failure(InvocationContext call, Throwable failure) implements ExecutionContext {
        @Override
        public Method getMethod() {
            return call.getMethod();
        }

        @Override
        public Object[] getParameters() {
            Object[] parameters = call.getParameters();
            // on GlassFish and Payara, for a method of a session bean without parameters
            return parameters == null ? new Object[0] : parameters;
        }

        @Override
        public Throwable getFailure() {
            return failure;
        }
    }

    private final Class<H> type;
    private final BeanManager beanManager;
    private final Bean<?> bean;

    /** @param beans those of this type */
    HandlerRecovery(Class<H> type, Set<Bean<?>> beans, BeanManager beanManager) {
        this.type = type;
        this.beanManager = beanManager;
        this.bean = beans.stream()
                .filter(candidate -> candidate.getBeanClass() == type)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Object recover(InvocationContext call, Throwable failure, int attempts) throws Exception {
        return bean == null ? withNewInstance(call, failure) : withBean(call, failure);
    }

    private Object withBean(InvocationContext call, Throwable failure) {
        CreationalContext<?> context = beanManager.createCreationalContext(bean);
        try {
            return type.cast(beanManager.getReference(bean, type, context)).handle(new Failure(call, failure));
        } finally {
            // only what depends on the reference, such as a dependent bean: others live as long as their scope
            context.release();
        }
    }

    private Object withNewInstance(InvocationContext call, Throwable failure) {
        Unmanaged.UnmanagedInstance<H> instance = new Unmanaged<>(beanManager, type).newInstance();
        try {
            return instance.produce().inject().postConstruct().get().handle(new Failure(call, failure));
        } finally {
            instance.preDestroy().dispose();
        }
    }

    @Override
    public String toString() {
        return "handler " + type.getName();
    }
}
