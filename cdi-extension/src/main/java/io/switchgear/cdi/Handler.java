package io.switchgear.cdi;

import io.switchgear.FailedCall;
import io.switchgear.FallbackHandler;
import io.switchgear.guard.Recovery;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The bean that {@code @FallingBack} names. Looked up with the first failure, and kept. */
final class Handler implements Recovery<InvocationContext>, AutoCloseable {
    private final String name;
    private final BeanManager beanManager;
    private final Bean<?> bean;
    private FallbackHandler<?> reference;
    private CreationalContext<?> context;

    private Handler(String name, BeanManager beanManager, Bean<?> bean) {
        this.name = name;
        this.beanManager = beanManager;
        this.bean = bean;
    }

    /** @throws IllegalArgumentException if there is no such bean, or it answers something else than the method */
    static Handler of(GuardedMethod guarded, String name, BeanManager beanManager) {
        Class<?> type = guarded.fallingBack().handler();
        Class<?> answer = new Types(type).argumentOf(FallbackHandler.class);
        Class<?> wanted = new Types(guarded.beanClass()).resultOf(guarded.method());
        if (answer != Object.class && !Types.fits(answer, wanted)) {
            throw new IllegalArgumentException("handler must answer " + wanted.getTypeName() + ", but " + type.getName()
                    + " answers " + answer.getTypeName());
        }
        try {
            Bean<?> bean = beanManager.resolve(beanManager.getBeans(type, Any.Literal.INSTANCE));
            if (bean == null) {
                throw new IllegalArgumentException("handler must be a CDI bean, but " + type.getName()
                        + " is none; give it a scope, as @ApplicationScoped");
            }
            return new Handler(name, beanManager, bean);
        } catch (AmbiguousResolutionException several) {
            throw new IllegalArgumentException("handler must be one CDI bean, but for " + type.getName()
                    + " there are several: " + several.getMessage());
        }
    }

    @Override
    public Object recover(InvocationContext call, Throwable failure, int attempts) throws Exception {
        List<Object> parameters = Collections.unmodifiableList(Arrays.asList(call.getParameters()));
        return reference().handle(new FailedCall(name, call.getMethod(), parameters, failure, attempts));
    }

    private synchronized FallbackHandler<?> reference() {
        if (reference == null) {
            context = beanManager.createCreationalContext(bean);
            reference = (FallbackHandler<?>) beanManager.getReference(bean, bean.getBeanClass(), context);
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
        return "handler " + bean.getBeanClass().getName();
    }
}
