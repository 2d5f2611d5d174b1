package io.switchgear.cdi;

import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Guard;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The guard of each guarded method, by bean class and method. */
final class Guards {
    private final ConcurrentMap<Class<?>, ConcurrentMap<Method, Guard>> byClass = new ConcurrentHashMap<>();
    private final Definitions definitions;
    private final Registry registry;

    Guards(Definitions definitions, Registry registry) {
        this.definitions = definitions;
        this.registry = registry;
    }

    void add(Map<GuardedMethod, Definitions.Definition> defined) {
        defined.forEach((method, definition) -> of(method.beanClass()).put(method.method(), guard(method, definition)));
    }

    private Guard guard(GuardedMethod method, Definitions.Definition definition) {
        Breaker breaker = registry.of(definition);
        return new Guard(breaker, method.method().getReturnType());
    }

    /** The guards of a class; a map that grows as {@link #late} ones are found. */
    ConcurrentMap<Method, Guard> of(Class<?> beanClass) {
        return byClass.computeIfAbsent(beanClass, none -> new ConcurrentHashMap<>());
    }

    /**
     * The guard of a method that the container intercepts but did not announce at deployment.
     *
     * @throws DefinitionException if its annotation has values that make no breaker, or cannot be found
     */
    Guard late(BeanManager beanManager, Class<?> targetClass, Method called) {
        Class<?> beanClass = written(targetClass);
        Method method = called.isBridge() ? bridged(beanClass, called) : called;
        Guard known = of(beanClass).get(method);
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
                List<String> problems = definitions.problems();
                throw new DefinitionException(String.join("\n", problems.subList(before, problems.size())));
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

    /** The method that a bridge method leads to. */
    private static Method bridged(Class<?> type, Method bridge) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !method.isBridge()
                        && method.getName().equals(bridge.getName())
                        && method.getParameterCount() == bridge.getParameterCount()
                        && bridge.getReturnType().isAssignableFrom(method.getReturnType()))
                .filter(method -> {
                    Class<?>[] parameters = method.getParameterTypes();
                    for (int i = 0; i < parameters.length; i++) {
                        if (!bridge.getParameterTypes()[i].isAssignableFrom(parameters[i])) {
                            return false;
                        }
                    }
                    return true;
                })
                .findFirst()
                .orElse(bridge);
    }
}
