package io.switchgear.cdi;

import io.switchgear.CacheKey;
import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds the guarded methods of a bean: from its annotated type, as that is what the container goes by. */
final class GuardedMethods {
    // by name, as not every container has EJB; the methods that nobody calls through a proxy
    private static final Set<String> CALLBACKS = Set.of(
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy",
            "jakarta.ejb.PostActivate",
            "jakarta.ejb.PrePassivate",
            "jakarta.inject.Inject",
            "jakarta.interceptor.AroundInvoke",
            "jakarta.interceptor.AroundTimeout");

    // may be private and is intercepted all the same
    private static final Set<String> TIMERS =
            Set.of("jakarta.ejb.Schedule", "jakarta.ejb.Schedules", "jakarta.ejb.Timeout");

    // and what MicroProfile Fault Tolerance has for the same
    private static final Map<Class<? extends Annotation>, String> OURS =
            Map.of(CircuitBreaking.class, "CircuitBreaker", Retrying.class, "Retry", FallingBack.class, "Fallback");

    private static final String MICROPROFILE = "org.eclipse.microprofile.faulttolerance.";

    private final AnnotatedType<?> type;
    private final Class<?> beanClass;
    private final boolean sessionBean;
    private final boolean servesAll;
    private final BeanManager beanManager;

    GuardedMethods(
            AnnotatedType<?> type,
            Class<?> beanClass,
            boolean sessionBean,
            boolean servesAll,
            BeanManager beanManager) {
        this.type = type;
        this.beanClass = beanClass;
        this.sessionBean = sessionBean;
        this.servesAll = servesAll;
        this.beanManager = beanManager;
    }

    private <A extends Annotation> A onClass(Class<A> wanted) {
        return type.isAnnotationPresent(wanted)
                ? type.getAnnotation(wanted)
                : onStereotype(wanted, type.getAnnotations());
    }

    private <A extends Annotation> A onStereotype(Class<A> wanted, Collection<Annotation> annotations) {
        return annotations.stream()
                .map(Annotation::annotationType)
                .filter(beanManager::isStereotype)
                .map(beanManager::getStereotypeDefinition)
                .map(definition -> definition.stream()
                        .filter(wanted::isInstance)
                        .map(wanted::cast)
                        .findFirst()
                        .orElseGet(() -> onStereotype(wanted, definition)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** All that calls are expected to reach; of overridden ones the last, if that one is guarded. */
    List<GuardedMethod> all() {
        Map<List<?>, AnnotatedMethod<?>> bySignature = new LinkedHashMap<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (isInterceptable(method)) {
                Method javaMethod = method.getJavaMember();
                bySignature.merge(
                        List.of(javaMethod.getName(), Arrays.asList(javaMethod.getParameterTypes())),
                        method,
                        GuardedMethods::moreDerived);
            }
        }
        return bySignature.values().stream()
                .filter(this::isGuarded)
                .map(this::guarded)
                // a class tells its methods in any order, but messages and names are to be the same each time
                .sorted(Comparator.comparing(GuardedMethod::fullName))
                .toList();
    }

    private static AnnotatedMethod<?> moreDerived(AnnotatedMethod<?> one, AnnotatedMethod<?> other) {
        Class<?> declaring = one.getJavaMember().getDeclaringClass();
        return declaring.isAssignableFrom(other.getJavaMember().getDeclaringClass()) ? other : one;
    }

    /** The annotations that can take no effect or that contradict others, as a sentence each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            // a compiler copies annotations to the bridge methods that it adds: those are not somebody's mistake
            if (method.getJavaMember().isSynthetic()) {
                continue;
            }
            for (Class<? extends Annotation> ours : OURS.keySet()) {
                if (method.isAnnotationPresent(ours) && !isInterceptable(method)) {
                    int modifiers = method.getJavaMember().getModifiers() & (Modifier.PRIVATE | Modifier.STATIC);
                    problems.add(nameOf(method) + ": @" + ours.getSimpleName() + " has no effect on a "
                            + Modifier.toString(modifiers)
                            + " method; make it an instance method that is not private");
                }
                if (isInterceptable(method)
                        && annotation(method, ours) != null
                        && annotation(method, ours) != NoBreaker.INSTANCE
                        && isBeside(method, Set.of(MICROPROFILE + OURS.get(ours)))) {
                    problems.add(nameOf(method) + ": @" + ours.getSimpleName() + " and MicroProfile's @"
                            + OURS.get(ours) + " would both act on each call; remove one of them");
                }
            }
        }
        return problems;
    }

    /** The methods that MicroProfile Fault Tolerance guards as well, inside this guard or outside it. */
    List<String> alsoGuardedByMicroProfile() {
        Set<String> names = Set.of(MICROPROFILE + "Retry", MICROPROFILE + "Fallback", MICROPROFILE + "Timeout");
        return type.getMethods().stream()
                .filter(method -> isInterceptable(method) && isGuarded(method) && isBeside(method, names))
                .map(this::nameOf)
                .toList();
    }

    /** Whether the method or its class has one of these annotations as well. */
    private boolean isBeside(AnnotatedMethod<?> method, Set<String> names) {
        return isAnnotated(method, names) || isAnnotated(type, names);
    }

    private String nameOf(AnnotatedMethod<?> method) {
        return guarded(method).fullName();
    }

    private boolean isGuarded(AnnotatedMethod<?> method) {
        return OURS.keySet().stream().anyMatch(ours -> annotation(method, ours) != null);
    }

    private GuardedMethod guarded(AnnotatedMethod<?> method) {
        return new GuardedMethod(
                beanClass,
                method.getJavaMember(),
                NoBreaker.unless(annotation(method, CircuitBreaking.class)),
                annotation(method, Retrying.class),
                annotation(method, FallingBack.class),
                method.getParameters().stream()
                        .filter(parameter -> parameter.isAnnotationPresent(CacheKey.class))
                        .map(AnnotatedParameter::getPosition)
                        .toList(),
                sessionBean,
                servesAll);
    }

    private <A extends Annotation> A annotation(AnnotatedMethod<?> method, Class<A> wanted) {
        return method.isAnnotationPresent(wanted)
                ? method.getAnnotation(wanted)
                : isBusinessMethod(method) ? onClass(wanted) : null;
    }

    private static boolean isBusinessMethod(AnnotatedMethod<?> method) {
        return method.getJavaMember().getDeclaringClass() != Object.class && !isAnnotated(method, CALLBACKS);
    }

    private static boolean isInterceptable(AnnotatedMethod<?> method) {
        Method javaMethod = method.getJavaMember();
        return !Modifier.isStatic(javaMethod.getModifiers())
                && !javaMethod.isSynthetic()
                && (!Modifier.isPrivate(javaMethod.getModifiers()) || isAnnotated(method, TIMERS));
    }

    private static boolean isAnnotated(Annotated element, Set<String> names) {
        return element.getAnnotations().stream()
                .anyMatch(
                        annotation -> names.contains(annotation.annotationType().getName()));
    }
}
