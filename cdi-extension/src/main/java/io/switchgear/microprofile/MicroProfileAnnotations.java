// SPDX-License-Identifier: Apache-2.0
package io.switchgear.microprofile;

import io.switchgear.BulkheadFullException;
import io.switchgear.CircuitOpenException;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.config.ForeignProperties;
import io.switchgear.guard.Recovery;
import io.switchgear.microprofile.Translation.Declared;
import io.switchgear.settings.BulkheadSettings;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.FallbackHandler;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceDefinitionException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * The annotations of MicroProfile Fault Tolerance in an application. They are taken from its classes, so that another
 * implementation, which may come with the server, does not act on them too.
 */
public final class MicroProfileAnnotations {
    /** The default priority of the interceptor: {@code PLATFORM_AFTER + 10}. */
    private static final int PRIORITY = 4_010;

    private static final Set<Class<? extends Annotation>> KINDS = Set.of(
            CircuitBreaker.class, Retry.class, Timeout.class, Bulkhead.class, Fallback.class, Asynchronous.class);

    /** The annotations of methods to which those of the class do not apply. */
    private static final Pattern CALLBACKS = Pattern.compile("jakarta\\."
            + "(annotation\\.P(ostConstruct|reDestroy)|ejb\\.((After|Before)(Begin|Completion)|PostActivate|PrePassivate)"
            + "|inject\\.Inject|interceptor\\.Around(Construct|Invoke|Timeout))");

    private final ForeignProperties properties;
    private final boolean nonFallbackEnabled;
    private final Map<Class<?>, Map<Method, Map<Class<? extends Annotation>, Declared>>> byType =
            new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if a property for all annotations has a value that cannot be used */
    public MicroProfileAnnotations(ForeignProperties properties) {
        this.properties = properties;
        this.nonFallbackEnabled = properties
                .find(Translation.NON_FALLBACK_ENABLED)
                .map(ForeignProperties.Property::isTrue)
                .orElse(true);
    }

    /**
     * Returns the configured priority of the interceptor.
     *
     * @throws IllegalArgumentException if it is not a number
     */
    public int priority() {
        return properties
                .find("mp.fault.tolerance.interceptor.priority")
                .map(found -> {
                    try {
                        return Integer.valueOf(found.value());
                    } catch (NumberFormatException wrong) {
                        throw new IllegalArgumentException(
                                found.origin() + " must be a whole number but was \"" + found.value() + "\"", wrong);
                    }
                })
                .orElse(PRIORITY);
    }

    // ---- discovery

    /**
     * Takes the annotations of a type, and gives {@code binding} to each method that they apply to. Returns whether
     * there are any.
     */
    public boolean take(ProcessAnnotatedType<?> event, Annotation binding) {
        Map<Method, Map<Class<? extends Annotation>, Declared>> methods = new LinkedHashMap<>();
        Map<Class<? extends Annotation>, Declared> onClass = new LinkedHashMap<>();
        add(event.getAnnotatedType().getAnnotations(), false, false, onClass);
        for (AnnotatedMethod<?> method : event.getAnnotatedType().getMethods()) {
            Map<Class<? extends Annotation>, Declared> onMethod = new LinkedHashMap<>();
            add(method.getAnnotations(), true, false, onMethod);
            if (isBusiness(method, !onMethod.isEmpty())) {
                onClass.forEach(onMethod::putIfAbsent);
                if (!onMethod.isEmpty()) {
                    methods.put(method.getJavaMember(), onMethod);
                }
            }
        }
        if (!methods.isEmpty()) {
            byType.put(event.getAnnotatedType().getJavaClass(), methods);
            AnnotatedTypeConfigurator<?> type = event.configureAnnotatedType();
            type.remove(MicroProfileAnnotations::isOfMicroProfile);
            type.methods().forEach(method -> {
                method.remove(MicroProfileAnnotations::isOfMicroProfile);
                if (methods.containsKey(method.getAnnotated().getJavaMember())) {
                    method.add(binding);
                }
            });
        }
        return !methods.isEmpty();
    }

    /** Returns the types of the annotations. */
    public static Set<Class<? extends Annotation>> kinds() {
        return KINDS;
    }

    private static boolean isOfMicroProfile(Annotation annotation) {
        return KINDS.contains(annotation.annotationType());
    }

    private static void add(
            Collection<Annotation> annotations,
            boolean onMethod,
            boolean ofStereotype,
            Map<Class<? extends Annotation>, Declared> found) {
        for (Annotation annotation : annotations) {
            if (isOfMicroProfile(annotation)) {
                found.put(annotation.annotationType(), new Declared(annotation, onMethod, ofStereotype));
            }
        }
        for (Annotation annotation : annotations) {
            if (annotation.annotationType().isAnnotationPresent(Stereotype.class)) {
                Map<Class<? extends Annotation>, Declared> weaker = new LinkedHashMap<>();
                add(List.of(annotation.annotationType().getAnnotations()), onMethod, true, weaker);
                weaker.forEach(found::putIfAbsent);
            }
        }
    }

    private static boolean isBusiness(AnnotatedMethod<?> method, boolean isAnnotated) {
        Method javaMethod = method.getJavaMember();
        return (javaMethod.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0
                && !javaMethod.isSynthetic()
                && javaMethod.getDeclaringClass() != Object.class
                && (isAnnotated
                        || method.getAnnotations().stream()
                                .noneMatch(each -> CALLBACKS
                                        .matcher(each.annotationType().getName())
                                        .matches()));
    }

    /** Returns whether a method has annotations of MicroProfile. */
    public boolean apply(Class<?> beanClass, Method method) {
        return byType.getOrDefault(beanClass, Map.of()).containsKey(method);
    }

    /** Returns whether a method has an annotation of MicroProfile with this simple name. */
    public boolean has(Class<?> beanClass, Method method, String simpleName) {
        return byType.getOrDefault(beanClass, Map.of()).getOrDefault(method, Map.of()).keySet().stream()
                .anyMatch(type -> type.getSimpleName().equals(simpleName));
    }

    /** Returns whether a method has an annotation that another implementation sees too, as a stereotype has it. */
    public boolean areSeenByOthers(Class<?> beanClass, Method method) {
        return byType.getOrDefault(beanClass, Map.of()).getOrDefault(method, Map.of()).values().stream()
                .anyMatch(Declared::ofStereotype);
    }

    /** Returns the guard of a method to which annotations {@linkplain #apply apply}. */
    public MicroProfileGuard of(Class<?> beanClass, Method method) {
        return new Translation(beanClass, method, byType.get(beanClass).get(method), properties, nonFallbackEnabled)
                .guard();
    }

    // ---- what the specification defines

    /** Returns the exception for mistakes in annotations or their configuration. */
    public static RuntimeException definitionException(String message) {
        return new FaultToleranceDefinitionException(message);
    }

    /** Returns the exception for a call that a breaker rejects. */
    public static RuntimeException openException(CircuitOpenException rejection) {
        return new CircuitBreakerOpenException(rejection.getMessage(), rejection);
    }

    /**
     * Returns the exception for a call that exceeds a time limit.
     *
     * @see io.switchgear.guard.TimeLimit.Exceptions
     */
    public static RuntimeException timeoutException(
            String name, long limitMillis, boolean trial, List<StackTraceElement> frames) {
        var exceeded = new TimeLimitExceededException(name, limitMillis, trial, frames);
        return new TimeoutException(exceeded.getMessage(), exceeded);
    }

    /**
     * Returns the exception for a call that a bulkhead rejects.
     *
     * @see io.switchgear.guard.Bulkhead.Rejection
     */
    public static RuntimeException bulkheadException(
            String name, BulkheadSettings settings, InterruptedException interruption) {
        var rejected = new BulkheadFullException(name, settings, interruption);
        return new BulkheadException(rejected.getMessage(), rejected);
    }

    /** Returns the interface of handlers. */
    public static Class<?> handlerType() {
        return FallbackHandler.class;
    }

    /**
     * Returns a recovery by a handler.
     *
     * @param beans the beans of this type
     */
    public static Recovery<InvocationContext> recovery(Class<?> handler, Set<Bean<?>> beans, BeanManager beanManager) {
        return new HandlerRecovery<>(handler.asSubclass(FallbackHandler.class), beans, beanManager);
    }
}
