package io.switchgear.cdi;

import io.switchgear.CircuitBreaking;
import io.switchgear.breaker.Permit;
import io.switchgear.guard.GuardPipeline;
import jakarta.annotation.Priority;
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
 * Hands each call of a guarded method to its guard. Serializable, as the interceptor of a passivating bean has to be;
 * what it looks up is looked up again after activation.
 */
@Interceptor
@CircuitBreaking
@Priority(GuardInterceptor.PRIORITY)
@SuppressWarnings("serial") // CDI promises that what it injects for these two types can be serialized
public class GuardInterceptor implements Serializable {
    /** Inside the transaction and security interceptors of the platform, in the range MicroProfile uses. */
    static final int PRIORITY = 4060;

    private static final long serialVersionUID = 1L;

    @Inject
    private BeanManager beanManager;

    // null where a server intercepts a class without making it a bean
    @Inject
    @Intercepted
    private Bean<?> bean;

    // intentional: not volatile. Threads that do not see each other's write look the same map up once more
    private transient Map<Method, GuardPipeline<InvocationContext>> guards;

    @AroundInvoke
    @AroundTimeout
    Object guard(InvocationContext call) throws Exception {
        Map<Method, GuardPipeline<InvocationContext>> known = guards;
        GuardPipeline<InvocationContext> guard = known == null ? null : known.get(call.getMethod());
        if (guard == null) {
            guard = resolved(call);
        }
        Permit permit = guard.acquire();
        if (permit == null) {
            return guard.call(InvocationContext::proceed, call);
        }
        // here, not in the guard: its frames would be in the trace of whatever is thrown beneath, and containers wrap
        // what is thrown, so a failing call would pay more for them than for the breaker
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

    private GuardPipeline<InvocationContext> resolved(InvocationContext call) {
        // the bean may be another one's: that of an interception factory, for instance
        boolean isTheBeans = bean != null && bean.getBeanClass().isInstance(call.getTarget());
        Class<?> beanClass = isTheBeans ? bean.getBeanClass() : call.getTarget().getClass();
        GuardPipelines all = beanManager.getExtension(SwitchgearExtension.class).guards();
        ConcurrentMap<Method, GuardPipeline<InvocationContext>> ofClass = all.of(beanClass);
        GuardPipeline<InvocationContext> guard = ofClass.get(call.getMethod());
        if (guard == null) {
            guard = all.late(beanManager, beanClass, call.getMethod());
            ofClass.put(call.getMethod(), guard);
        }
        guards = ofClass;
        return guard;
    }
}
