package io.switchgear.cdi;

import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Layers;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/** The guard of each guarded method, by bean class and method. */
final class Guards {
    private final ConcurrentMap<Class<?>, ConcurrentMap<Method, Layers<InvocationContext>>> byClass =
            new ConcurrentHashMap<>();
    private final Definitions definitions;
    private final Registry registry;

    Guards(Definitions definitions, Registry registry) {
        this.definitions = definitions;
        this.registry = registry;
    }

    void add(Map<GuardedMethod, Definitions.Definition> defined) {
        defined.forEach((method, definition) -> of(method.beanClass()).put(method.method(), guard(method, definition)));
    }

    private Layers<InvocationContext> guard(GuardedMethod method, Definitions.Definition definition) {
        Breaker breaker = registry.of(definition, method);
        return new Layers<>(method.method().getReturnType(), breaker);
    }

    /** The guards of a class; a map that grows as {@link #late} ones are found. */
    ConcurrentMap<Method, Layers<InvocationContext>> of(Class<?> beanClass) {
        return byClass.computeIfAbsent(beanClass, none -> new ConcurrentHashMap<>());
    }

    /**
     * The guard of a method that the container intercepts but did not announce at deployment.
     *
     * @throws DefinitionException if its annotation has values that make no breaker, or cannot be found
     */
    Layers<InvocationContext> late(BeanManager beanManager, Class<?> targetClass, Method called) {
        Class<?> beanClass = written(targetClass);
        Method method = called.isBridge() ? bridged(beanClass, called) : called;
        Layers<InvocationContext> known = of(beanClass).get(method);
        if (known != null) {
            return known;
        }
        GuardedMethods inClass = new GuardedMethods(beanManager.createAnnotatedType(beanClass), beanClass, beanManager);
        List<GuardedMethod> found = inClass.all().stream()
                .filter(candidate -> candidate.method().equals(method))
                .toList();
        if (found.isEmpty()) {
            throw new DefinitionException(method
                    + " is intercepted, but no @CircuitBreaking is to be found on it or on " + beanClass.getName());
        }
        synchronized (definitions) {
            int before = definitions.problems().size();
            Map<GuardedMethod, Definitions.Definition> defined = definitions.of(found);
            if (defined.isEmpty()) {
                List<String> added = definitions
                        .problems()
                        .subList(before, definitions.problems().size());
                String message = String.join("\n", added);
                // the next call tries again and is told the same
                added.clear();
                throw new DefinitionException(message);
            }
            add(defined);
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
