package io.switchgear.cdi;

import io.switchgear.guard.Fallback;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.guard.LastGoodValues;
import io.switchgear.jmx.Origin;
import io.switchgear.runtime.Registry;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Ticker;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/** The guard of each guarded method, by bean class and method. */
final class GuardPipelines {
    private final ConcurrentMap<Class<?>, ConcurrentMap<Method, GuardPipeline<InvocationContext>>> byClass =
            new ConcurrentHashMap<>();
    private final GuardDefinitions definitions;
    private final Registry registry;
    private final Scheduler scheduler;
    private final Queue<HandlerBean> handlers = new ConcurrentLinkedQueue<>();

    GuardPipelines(GuardDefinitions definitions, Registry registry, Scheduler scheduler) {
        this.definitions = definitions;
        this.registry = registry;
        this.scheduler = scheduler;
    }

    void add(Map<GuardedMethod, GuardDefinition> plans) {
        plans.forEach((method, plan) -> of(method.beanClass()).put(method.method(), layers(method, plan)));
    }

    private GuardPipeline<InvocationContext> layers(GuardedMethod method, GuardDefinition plan) {
        String name = method.fullName();
        return new GuardPipeline<>(
                method.method().getReturnType(),
                plan.breaker() == null ? null : registry.breaker(plan.breaker(), name),
                plan.retry() == null ? null : registry.retry(plan.retry(), name),
                plan.fallback() == null ? null : fallback(method, plan),
                scheduler);
    }

    private Fallback<InvocationContext> fallback(GuardedMethod method, GuardDefinition plan) {
        var definition = plan.fallback();
        boolean keeps = method.fallingBack().lastGood();
        String recovery = plan.recovery() == null ? "" : plan.recovery().toString();
        Fallback<InvocationContext> fallback = new Fallback<>(
                definition.name(),
                definition.settings(),
                definition.rule(),
                recovery,
                plan.recovery(),
                keeps ? new LastGoodValues(definition.settings(), Ticker.SYSTEM) : null,
                call -> method.key(call.getParameters()));
        registry.add(fallback, new Origin(() -> List.of(method.fullName()), definition.configured()));
        if (plan.recovery() instanceof HandlerBean handler) {
            handlers.add(handler);
        }
        return fallback;
    }

    /** The application ends. */
    void close() {
        handlers.forEach(HandlerBean::close);
    }

    /** The guards of a class; a map that grows as {@link #late} ones are found. */
    ConcurrentMap<Method, GuardPipeline<InvocationContext>> of(Class<?> beanClass) {
        return byClass.computeIfAbsent(beanClass, none -> new ConcurrentHashMap<>());
    }

    /**
     * The guard of a method that the container intercepts but did not announce at deployment.
     *
     * @throws DefinitionException if its annotation has values that make no breaker, or cannot be found
     */
    GuardPipeline<InvocationContext> late(BeanManager beanManager, Class<?> targetClass, Method called) {
        Class<?> beanClass = written(targetClass);
        Method method = called.isBridge() ? bridged(beanClass, called) : called;
        GuardPipeline<InvocationContext> known = of(beanClass).get(method);
        if (known != null) {
            return known;
        }
        GuardedMethods inClass =
                new GuardedMethods(beanManager.createAnnotatedType(beanClass), beanClass, false, false, beanManager);
        List<GuardedMethod> found = inClass.all().stream()
                .filter(candidate -> candidate.method().equals(method))
                .toList();
        if (found.isEmpty()) {
            throw new DefinitionException(
                    method + " is intercepted, but no annotation of this library is to be found on it or on "
                            + beanClass.getName());
        }
        synchronized (definitions) {
            int before = definitions.problems().size();
            Map<GuardedMethod, GuardDefinition> plans = definitions.of(found, beanManager);
            if (plans.isEmpty()) {
                List<String> added = definitions
                        .problems()
                        .subList(before, definitions.problems().size());
                String message = String.join("\n", added);
                // the next call tries again and is told the same
                added.clear();
                throw new DefinitionException(message);
            }
            add(plans);
        }
        return of(beanClass).get(method);
    }

    /** The class that somebody wrote, where a container made a subclass of it. */
    private static Class<?> written(Class<?> type) {
        Class<?> written = type;
        while (written.isSynthetic() || written.getName().contains("$$")) {
            written = written.getSuperclass();
        }
        return written;
    }

    /** The method that a bridge method leads to: one that a subclass or an interface sees under another signature. */
    private static Method bridged(Class<?> type, Method bridge) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Method method : declaring.getDeclaredMethods()) {
                if (!method.isBridge() && isBridgedBy(bridge, method)) {
                    return method;
                }
            }
        }
        return bridge;
    }

    private static boolean isBridgedBy(Method bridge, Method method) {
        Class<?>[] wide = bridge.getParameterTypes();
        Class<?>[] narrow = method.getParameterTypes();
        return method.getName().equals(bridge.getName())
                && bridge.getReturnType().isAssignableFrom(method.getReturnType())
                && wide.length == narrow.length
                && IntStream.range(0, wide.length).allMatch(i -> wide[i].isAssignableFrom(narrow[i]));
    }
}
