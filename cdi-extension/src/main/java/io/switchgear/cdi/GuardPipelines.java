// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.breaker.Breaker;
import io.switchgear.guard.Bulkhead;
import io.switchgear.guard.Fallback;
import io.switchgear.guard.GuardLayers;
import io.switchgear.guard.GuardPipeline;
import io.switchgear.guard.LastGoodValues;
import io.switchgear.guard.Offload;
import io.switchgear.guard.Recovery;
import io.switchgear.guard.TimeLimit;
import io.switchgear.message.Message;
import io.switchgear.microprofile.MicroProfileAnnotations;
import io.switchgear.runtime.Definition;
import io.switchgear.runtime.Registry;
import io.switchgear.settings.BulkheadSettings;
import io.switchgear.settings.TimeLimitSettings;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The guards of all guarded methods, by bean class and method. */
final class GuardPipelines {
    private final ConcurrentMap<Class<?>, ConcurrentMap<Method, GuardPipeline<InvocationContext>>> byClass =
            new ConcurrentHashMap<>();
    private final GuardDefinitions definitions;
    private final Registry registry;
    private final Transactions transactions;
    private final int priority;
    private final MicroProfileMode microProfile;
    private final Supplier<Executor> offloadThreads;
    private final Queue<HandlerBean> handlers = new ConcurrentLinkedQueue<>();

    /**
     * @param priority that of the interceptor
     * @param offloadThreads runs asynchronous methods; see {@link Offload}
     */
    GuardPipelines(
            GuardDefinitions definitions,
            Registry registry,
            Transactions transactions,
            int priority,
            MicroProfileMode microProfile,
            Supplier<Executor> offloadThreads) {
        this.definitions = definitions;
        this.registry = registry;
        this.transactions = transactions;
        this.priority = priority;
        this.microProfile = microProfile;
        this.offloadThreads = offloadThreads;
    }

    /** Creates the guards of these methods. */
    void add(Map<GuardedMethod, GuardDefinition> guarded) {
        guarded.forEach(
                (method, definition) -> of(method.beanClass()).put(method.method(), pipeline(method, definition)));
    }

    private GuardPipeline<InvocationContext> pipeline(GuardedMethod method, GuardDefinition definition) {
        String name = method.fullName();
        Breaker breaker = definition.breaker() == null ? null : registry.breaker(definition.breaker(), name);
        boolean ofMicroProfile = method.microProfile() != null;
        if (breaker != null && ofMicroProfile) {
            breaker.rejectsWith(MicroProfileAnnotations::openException);
        }
        Bulkhead bulkhead = definition.bulkhead() == null ? null : bulkhead(definition.bulkhead(), name);
        Offload offload = method.isAsynchronous()
                ? new Offload(offloadThreads, bulkhead, method.method().getReturnType() == CompletionStage.class)
                : null;
        GuardLayers<InvocationContext> layers = GuardLayers.on(registry.time().scheduler())
                .with(breaker)
                .with(definition.timeLimit() == null ? null : limit(definition.timeLimit(), name, ofMicroProfile))
                // that of an asynchronous method is around its run on another thread
                .with(offload == null ? bulkhead : null)
                .with(definition.retry() == null ? null : registry.retry(definition.retry(), name))
                .with(definition.fallback() == null ? null : fallback(method, definition, offload))
                .with(transactions.rule(name, method.transaction()))
                .with(offload);
        return new GuardPipeline<>(method.judgedType(), layers);
    }

    private Bulkhead bulkhead(Definition<BulkheadSettings> definition, String method) {
        Bulkhead created = new Bulkhead(
                definition.name(), definition.settings(), MicroProfileAnnotations::bulkheadException, registry.time());
        registry.add(created, definition, () -> List.of(method));
        return created;
    }

    private TimeLimit limit(Definition<TimeLimitSettings> definition, String name, boolean ofMicroProfile) {
        return ofMicroProfile
                ? registry.timeLimit(definition, name, MicroProfileAnnotations::timeoutException)
                : registry.timeLimit(definition, name);
    }

    private Fallback<InvocationContext> fallback(GuardedMethod method, GuardDefinition guard, Offload offload) {
        var definition = guard.fallback();
        boolean keeps = method.fallingBack().lastGood();
        String recovery = guard.recovery() == null ? "" : guard.recovery().toString();
        Fallback<InvocationContext> fallback = new Fallback<>(
                definition.name(),
                definition.settings(),
                definition.rule(),
                recovery,
                recovery(method, guard.recovery(), offload),
                keeps
                        ? new LastGoodValues(
                                definition.settings(), registry.time().ticker())
                        : null,
                call -> method.key(Arguments.of(call)));
        registry.add(fallback, definition, () -> List.of(method.fullName()));
        if (guard.recovery() instanceof HandlerBean handler) {
            handlers.add(handler);
        }
        return fallback;
    }

    private static Recovery<InvocationContext> recovery(
            GuardedMethod method, Recovery<InvocationContext> defined, Offload offload) {
        if (defined == null) {
            return null;
        }
        if (offload != null) {
            return offload.passing(defined);
        }
        if (method.method().getReturnType() != void.class) {
            return defined;
        }
        // OpenWebBeans refuses a result of a void method
        return (call, failure, attempts) ->
                defined.recover(call, failure, attempts) == Recovery.NOTHING ? Recovery.NOTHING : null;
    }

    /** Releases the handlers, as the application ends. */
    void close() {
        for (HandlerBean handler : handlers) {
            handler.close();
        }
    }

    /** Returns the guards of a class. The map grows when guards are {@linkplain #createLate created late}. */
    ConcurrentMap<Method, GuardPipeline<InvocationContext>> of(Class<?> beanClass) {
        return byClass.computeIfAbsent(beanClass, none -> new ConcurrentHashMap<>());
    }

    /**
     * Returns the guard of a method that the container intercepts but did not announce at deployment.
     *
     * @throws DefinitionException if its annotation is not valid or cannot be found
     */
    GuardPipeline<InvocationContext> createLate(BeanManager beanManager, Class<?> targetClass, Method called) {
        Class<?> beanClass = applicationClass(targetClass);
        Method method = called.isBridge() ? bridged(beanClass, called) : called;
        GuardPipeline<InvocationContext> known = of(beanClass).get(method);
        if (known != null) {
            return known;
        }
        GuardedMethods inClass = new GuardedMethods(
                beanManager.createAnnotatedType(beanClass),
                beanClass,
                false,
                false,
                priority,
                beanManager,
                microProfile);
        List<GuardedMethod> found = inClass.all().stream()
                .filter(candidate -> candidate.method().equals(method))
                .toList();
        if (found.isEmpty()) {
            throw new DefinitionException(
                    method + " is intercepted, but no annotation of this library is to be found on it or on "
                            + beanClass.getName());
        }
        addLate(found, List.of(), beanManager);
        return of(beanClass).get(method);
    }

    /**
     * Creates the guards of a class that is found after the deployment was validated.
     *
     * @throws DefinitionException if an annotation is not valid or has no effect
     */
    void addLate(GuardedMethods methods, BeanManager beanManager) {
        addLate(methods.all(), methods.problems(), beanManager);
        methods.warnings().forEach(Message.WITHOUT_EFFECT::log);
    }

    private void addLate(List<GuardedMethod> methods, List<String> problems, BeanManager beanManager) {
        synchronized (definitions) {
            int before = definitions.problems().size();
            Map<GuardedMethod, GuardDefinition> guarded = definitions.of(methods, beanManager);
            problems.forEach(definitions::problem);
            List<String> added = definitions
                    .problems()
                    .subList(before, definitions.problems().size());
            if (!added.isEmpty()) {
                String message = String.join("\n", added);
                // the next call tries again and fails with the same message
                added.clear();
                throw new DefinitionException(message);
            }
            add(guarded);
        }
    }

    /** Returns the nearest class that was not generated by a container: this one or a superclass. */
    private static Class<?> applicationClass(Class<?> type) {
        Class<?> above = type;
        while (above.isSynthetic() || above.getName().contains("$$")) {
            above = above.getSuperclass();
        }
        return above;
    }

    /** Returns the method that a bridge method calls: a subclass or an interface sees it under another signature. */
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
