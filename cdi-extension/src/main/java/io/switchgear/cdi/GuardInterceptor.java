// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.breaker.Permit;
import io.switchgear.guard.GuardPipeline;
import jakarta.enterprise.inject.Intercepted;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;

/**
 * Runs each call of a guarded method under its guard, with a subclass for each annotation that binds it; of several,
 * one acts. Serializable, as CDI requires of an interceptor of a passivating bean; after activation, the guards are
 * looked up again.
 */
@SuppressWarnings("serial") // CDI guarantees that the injected objects of these two types are serializable
public abstract class GuardInterceptor implements Serializable {
    /**
     * The priority of this interceptor unless another one is configured: just outside {@code @Transactional}, so that
     * the commit is part of the outcome and each attempt has a transaction; inside the platform's interceptors that set
     * up a thread or a context, such as {@code @Asynchronous} and {@code @ActivateRequestContext}.
     */
    static final int PRIORITY = Demarcation.TRANSACTIONAL_PRIORITY - 10;

    private static final long serialVersionUID = 1L;

    @Inject
    private BeanManager beanManager;

    // null if a server intercepts a class that is not a bean
    @Inject
    @Intercepted
    private Bean<?> bean;

    // intentional: not volatile. A thread that does not see the write of another looks up the same map again
    private transient Map<Method, GuardPipeline<InvocationContext>> guards;

    // intentional: not overridden. GlassFish and Payara would call it once for each class that declares it
    @AroundInvoke
    @AroundTimeout
    Object guard(InvocationContext call) throws Exception {
        GuardPipeline<InvocationContext> guard = guardOf(call);
        if (yieldsTo(guard)) {
            return call.proceed();
        }
        Permit permit = guard.acquire();
        if (permit == null) {
            return guard.call(InvocationContext::proceed, call);
        }
        // here, not in the guard: each frame of the guard would be in the stack trace of an exception below it, and of
        // those with which containers wrap it, so a failing call would spend more time on frames than on the breaker
        long started = permit.start();
        Object result;
        try {
            result = call.proceed();
        } catch (Throwable thrown) {
            permit.threw(thrown, started);
            throw thrown;
        }
        permit.returned(result, started);
        return result;
    }

    /** Returns whether the method has a layer whose interceptor acts instead, so that one of them acts. */
    boolean yieldsTo(GuardPipeline<InvocationContext> guard) {
        return false;
    }

    private GuardPipeline<InvocationContext> guardOf(InvocationContext call) {
        Map<Method, GuardPipeline<InvocationContext>> known = guards;
        GuardPipeline<InvocationContext> guard = known == null ? null : known.get(call.getMethod());
        return guard == null ? resolved(call) : guard;
    }

    private GuardPipeline<InvocationContext> resolved(InvocationContext call) {
        // the bean may be a different one, for instance that of an interception factory
        boolean isTheBeans = bean != null && bean.getBeanClass().isInstance(call.getTarget());
        Class<?> beanClass = isTheBeans ? bean.getBeanClass() : call.getTarget().getClass();
        GuardPipelines all = beanManager.getExtension(SwitchgearExtension.class).guards();
        ConcurrentMap<Method, GuardPipeline<InvocationContext>> ofClass = all.of(beanClass);
        GuardPipeline<InvocationContext> guard = ofClass.get(call.getMethod());
        if (guard == null) {
            guard = all.createLate(beanManager, beanClass, call.getMethod());
            ofClass.put(call.getMethod(), guard);
        }
        guards = ofClass;
        return guard;
    }

    /** Runs the guard of methods that have a breaker, with all its layers. */
    @Interceptor
    @CircuitBreaking
    public static class OfBreaker extends GuardInterceptor {
        private static final long serialVersionUID = 1L;
    }

    /** Runs the guard of methods that have retries but no breaker. */
    @Interceptor
    @Retrying
    public static class OfRetries extends GuardInterceptor {
        private static final long serialVersionUID = 1L;

        @Override
        boolean yieldsTo(GuardPipeline<InvocationContext> guard) {
            return guard.hasBreaker();
        }
    }

    /** Runs the guard of methods that have annotations of MicroProfile Fault Tolerance. */
    @Interceptor
    @MicroProfileGuarded
    public static class OfMicroProfile extends GuardInterceptor {
        private static final long serialVersionUID = 1L;
    }

    /** Runs the guard of methods that have a time limit but neither a breaker nor retries. */
    @Interceptor
    @TimeLimiting
    public static class OfTimeLimit extends GuardInterceptor {
        private static final long serialVersionUID = 1L;

        @Override
        boolean yieldsTo(GuardPipeline<InvocationContext> guard) {
            return guard.hasBreaker() || guard.hasRetry();
        }
    }

    /** Runs the guard of methods that have a fallback alone. */
    @Interceptor
    public static class OfFallback extends GuardInterceptor {
        private static final long serialVersionUID = 1L;

        @Override
        boolean yieldsTo(GuardPipeline<InvocationContext> guard) {
            return guard.hasBreaker() || guard.hasRetry() || guard.hasLimit();
        }

        /** Returns the binding. Intentional: not on this class, as the annotation is for methods only. */
        static FallingBack binding() {
            return Bound.class.getMethods()[0].getAnnotation(FallingBack.class);
        }

        private interface Bound {
            @FallingBack
            @SuppressWarnings("UnusedMethod") // carries the annotation
            void call();
        }
    }
}
