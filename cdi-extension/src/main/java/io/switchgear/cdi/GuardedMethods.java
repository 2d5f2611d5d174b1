// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.CacheKey;
import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.microprofile.MicroProfileGuard;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.Transactional;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the guarded methods of a bean by its annotated type, which the container uses too. */
final class GuardedMethods {
    // each with its equivalent in MicroProfile Fault Tolerance
    static final Map<Class<? extends Annotation>, String> ANNOTATIONS = Map.of(
            CircuitBreaking.class,
            "CircuitBreaker",
            Retrying.class,
            "Retry",
            FallingBack.class,
            "Fallback",
            TimeLimiting.class,
            "Timeout");

    private static final String MICROPROFILE = "org.eclipse.microprofile.faulttolerance.";

    private final AnnotatedType<?> type;
    private final Class<?> beanClass;
    private final boolean sessionBean;
    private final boolean servesAll;
    private final int priority;
    private final BeanManager beanManager;
    private final MicroProfileMode microProfile;
    private final NotIntercepted notIntercepted;
    // found on first use, in all supertypes
    private LostAnnotations lost;

    GuardedMethods(
            AnnotatedType<?> type,
            Class<?> beanClass,
            boolean sessionBean,
            boolean servesAll,
            int priority,
            BeanManager beanManager,
            MicroProfileMode microProfile) {
        this.type = type;
        this.beanClass = beanClass;
        this.sessionBean = sessionBean;
        this.servesAll = servesAll;
        this.priority = priority;
        this.beanManager = beanManager;
        this.microProfile = microProfile;
        this.notIntercepted = new NotIntercepted(type, sessionBean);
    }

    private <A extends Annotation> A onClass(Class<A> wanted) {
        if (NotIntercepted.isInterceptor(type)) {
            // says which methods of other classes it intercepts
            return null;
        }
        return type.isAnnotationPresent(wanted)
                ? type.getAnnotation(wanted)
                : onStereotype(wanted, type.getAnnotations());
    }

    /** Returns whether the class or its stereotypes have an annotation. */
    boolean isOnClass(Class<? extends Annotation> kind) {
        return onClass(kind) != null || beanClass.isAnnotationPresent(kind);
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

    /** Returns the guarded methods that calls are expected to reach. */
    List<GuardedMethod> all() {
        // reflection returns methods in any order, but messages and names must be the same each time
        Map<String, GuardedMethod> byName = new TreeMap<>();
        effective().stream()
                .filter(this::isGuarded)
                .map(this::guarded)
                .forEach(method -> byName.put(method.fullName(), method));
        return List.copyOf(byName.values());
    }

    /** Returns the methods that the container intercepts; of overridden methods, only the most derived counts. */
    Collection<AnnotatedMethod<?>> effective() {
        Map<List<?>, AnnotatedMethod<?>> bySignature = new LinkedHashMap<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (notIntercepted.why(method).isEmpty() && !method.getJavaMember().isSynthetic()) {
                Method javaMethod = method.getJavaMember();
                bySignature.merge(
                        List.of(javaMethod.getName(), Arrays.asList(javaMethod.getParameterTypes())),
                        method,
                        GuardedMethods::moreDerived);
            }
        }
        return bySignature.values();
    }

    /** Returns whether the container knows such a method, or intercepts none of this class at all. */
    boolean know(Predicate<Method> such) {
        return !notIntercepted.asClass().isEmpty()
                || type.getMethods().stream().anyMatch(method -> such.test(method.getJavaMember()));
    }

    private static AnnotatedMethod<?> moreDerived(AnnotatedMethod<?> one, AnnotatedMethod<?> other) {
        Class<?> declaring = one.getJavaMember().getDeclaringClass();
        return declaring.isAssignableFrom(other.getJavaMember().getDeclaringClass()) ? other : one;
    }

    /** Returns one sentence for each annotation that has no effect or contradicts another. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            // the compiler copies annotations to the bridge methods that it adds: not a mistake of the application
            if (!method.getJavaMember().isSynthetic()) {
                addProblems(method, problems);
            }
        }
        for (Class<? extends Annotation> own : ANNOTATIONS.keySet()) {
            if (!notIntercepted.asClass().isEmpty() && onClass(own) != null) {
                problems.add(beanClass.getName() + ": @" + own.getSimpleName() + " has no effect on "
                        + notIntercepted.asClass()
                        + ", whose methods are called without interceptors; move the code to a CDI bean");
            }
        }
        problems.addAll(lost().problems());
        return problems;
    }

    private LostAnnotations lost() {
        if (lost == null) {
            lost = new LostAnnotations(this, beanClass);
        }
        return lost;
    }

    boolean isOfMessageDrivenBean() {
        return NotIntercepted.isAnnotated(type, Set.of("jakarta.ejb.MessageDriven"));
    }

    /** Returns one sentence for each annotation that has no effect, perhaps on purpose. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(lost().warnings());
        warnOfComposed(type, beanClass.getName(), warnings);
        for (AnnotatedMethod<?> method : type.getMethods()) {
            warnOfComposed(method, nameOf(method), warnings);
            for (Class<? extends Annotation> kind : kindsOfMicroProfile()) {
                String withoutEffect = notIntercepted.why(method);
                if (!withoutEffect.isEmpty() && method.getJavaMember().isAnnotationPresent(kind)) {
                    warnings.add(nameOf(method) + ": @" + kind.getSimpleName() + " has no effect on " + withoutEffect);
                }
            }
        }
        for (Class<? extends Annotation> own : ANNOTATIONS.keySet()) {
            if (onClass(own) != null && notIntercepted.asClass().isEmpty() && all().isEmpty()) {
                warnings.add(beanClass.getName() + ": @" + own.getSimpleName() + " guards nothing, as the class has no"
                        + " business method");
            }
        }
        return warnings;
    }

    /** Warns of annotations of MicroProfile that another annotation has, which is no stereotype. */
    private void warnOfComposed(Annotated annotated, String name, List<String> warnings) {
        for (Annotation each : annotated.getAnnotations()) {
            Class<? extends Annotation> composed = each.annotationType();
            for (Class<? extends Annotation> kind : kindsOfMicroProfile()) {
                if (composed.isAnnotationPresent(kind) && !beanManager.isStereotype(composed)) {
                    warnings.add(name + ": @" + kind.getSimpleName() + " on @" + composed.getSimpleName()
                            + " has no effect in this library; put it on the bean, or make @" + composed.getSimpleName()
                            + " a stereotype");
                }
            }
        }
    }

    private void addProblems(AnnotatedMethod<?> method, List<String> problems) {
        String withoutEffect = notIntercepted.why(method);
        for (Class<? extends Annotation> own : ANNOTATIONS.keySet()) {
            if (method.isAnnotationPresent(own) && !withoutEffect.isEmpty()) {
                problems.add(nameOf(method) + ": @" + own.getSimpleName() + " has no effect on " + withoutEffect);
            }
            if (withoutEffect.isEmpty()
                    && annotation(method, own) != null
                    && (isBeside(method, Set.of(MICROPROFILE + ANNOTATIONS.get(own)))
                            || microProfile.hasTaken(
                                    type.getJavaClass(), method.getJavaMember(), ANNOTATIONS.get(own)))) {
                problems.add(nameOf(method) + ": @" + own.getSimpleName() + " and MicroProfile's @"
                        + ANNOTATIONS.get(own) + " would both act on each call; remove one of them");
            }
        }
        if (withoutEffect.isEmpty() && isGuardedByMicroProfile(method) && hasOwnAnnotation(method)) {
            problems.add(
                    nameOf(method) + ": annotations of this library and of MicroProfile Fault Tolerance, which this"
                            + " library runs too, cannot guard one method; use those of one of them, or set"
                            + " switchgear.microprofile to false");
        }
        if (withoutEffect.isEmpty() && microProfile.actsTwice(type.getJavaClass(), method.getJavaMember())) {
            problems.add(nameOf(method) + ": an annotation of MicroProfile Fault Tolerance on a stereotype would act"
                    + " twice, in this library and in the implementation of the server; put it on the bean, or set"
                    + " switchgear.microprofile to false");
        }
        if (withoutEffect.isEmpty()
                && annotation(method, Retrying.class) != null
                && isBeside(method, Set.of("jakarta.enterprise.concurrent.Asynchronous"))) {
            problems.add(nameOf(method) + ": @Retrying has no effect beside @Asynchronous of Jakarta Concurrency, which"
                    + " ends the call with the first attempt; remove @Asynchronous, or retry in a bean that calls this"
                    + " method");
        }
        if (annotation(method, FallingBack.class) == null && !keys(method).isEmpty()) {
            problems.add(nameOf(method) + ": @CacheKey has no effect without @FallingBack(lastGood = true); add it, or"
                    + " remove @CacheKey");
        }
    }

    /** Returns the methods that MicroProfile Fault Tolerance guards too, inside or outside this guard. */
    List<String> alsoGuardedByMicroProfile() {
        Set<String> names = Set.of(MICROPROFILE + "Retry", MICROPROFILE + "Fallback", MICROPROFILE + "Timeout");
        return type.getMethods().stream()
                .filter(method -> notIntercepted.why(method).isEmpty() && isGuarded(method) && isBeside(method, names))
                .map(this::nameOf)
                .toList();
    }

    /** Returns whether the method or its class has one of these annotations too. */
    private boolean isBeside(AnnotatedMethod<?> method, Set<String> names) {
        return NotIntercepted.isAnnotated(method, names) || NotIntercepted.isAnnotated(type, names);
    }

    /** Returns the full name of a method. */
    String nameOf(AnnotatedMethod<?> method) {
        return GuardedMethod.fullName(beanClass, method.getJavaMember());
    }

    private boolean isGuarded(AnnotatedMethod<?> method) {
        return hasOwnAnnotation(method) || isGuardedByMicroProfile(method);
    }

    private boolean isGuardedByMicroProfile(AnnotatedMethod<?> method) {
        return microProfile.guards(type.getJavaClass(), method.getJavaMember());
    }

    private boolean hasOwnAnnotation(AnnotatedMethod<?> method) {
        return ANNOTATIONS.keySet().stream().anyMatch(own -> annotation(method, own) != null);
    }

    private GuardedMethod guarded(AnnotatedMethod<?> method) {
        MicroProfileGuard guard = microProfile.guard(type.getJavaClass(), method.getJavaMember());
        return new GuardedMethod(
                beanClass,
                method.getJavaMember(),
                guard == null ? annotation(method, CircuitBreaking.class) : guard.breaking(),
                guard == null ? annotation(method, Retrying.class) : guard.retrying(),
                guard == null ? annotation(method, TimeLimiting.class) : guard.timeLimiting(),
                guard == null ? annotation(method, FallingBack.class) : guard.fallingBack(),
                keys(method),
                transaction(method, guard == null ? priority : microProfile.priority()),
                Stream.of(method, type)
                        .flatMap(annotated -> annotated.getAnnotations().stream())
                        .filter(this::isOtherBinding)
                        .toList(),
                guard,
                sessionBean,
                servesAll);
    }

    private static List<Integer> keys(AnnotatedMethod<?> method) {
        return method.getParameters().stream()
                .filter(parameter -> parameter.isAnnotationPresent(CacheKey.class))
                .map(AnnotatedParameter::getPosition)
                .toList();
    }

    private boolean isOtherBinding(Annotation annotation) {
        Class<? extends Annotation> bindingType = annotation.annotationType();
        return beanManager.isInterceptorBinding(bindingType)
                && !ANNOTATIONS.containsKey(bindingType)
                && bindingType != MicroProfileGuarded.class
                && !bindingType.getName().startsWith("jakarta.");
    }

    private Demarcation transaction(AnnotatedMethod<?> method, int outerPriority) {
        if (OptionalLibraries.haveEnterpriseBeans() && (sessionBean || isOfMessageDrivenBean())) {
            return ofEnterpriseBean(method);
        }
        Transactional transactional =
                OptionalLibraries.haveTransactions() ? annotation(method, Transactional.class) : null;
        return transactional == null ? Demarcation.NONE : Demarcation.of(transactional, outerPriority);
    }

    /** Intentional: attributes in {@code ejb-jar.xml} are not seen; without an annotation, the default is assumed. */
    private Demarcation ofEnterpriseBean(AnnotatedMethod<?> method) {
        TransactionManagement management = type.getAnnotation(TransactionManagement.class);
        if (management != null && management.value() == TransactionManagementType.BEAN) {
            return Demarcation.NONE;
        }
        Class<?> declaring = method.getJavaMember().getDeclaringClass();
        TransactionAttribute attribute = method.isAnnotationPresent(TransactionAttribute.class)
                ? method.getAnnotation(TransactionAttribute.class)
                // the attribute of a class applies to the methods that it declares, not to inherited ones
                : declaring == beanClass
                        ? type.getAnnotation(TransactionAttribute.class)
                        : declaring.getAnnotation(TransactionAttribute.class);
        return Demarcation.of(attribute == null ? TransactionAttributeType.REQUIRED : attribute.value());
    }

    /** Returns the annotations of MicroProfile that this library runs; empty if it runs none. */
    Set<Class<? extends Annotation>> kindsOfMicroProfile() {
        return microProfile.kinds();
    }

    /** Returns whether an annotation of this library or of MicroProfile applies to a method. */
    boolean has(AnnotatedMethod<?> method, Class<? extends Annotation> kind) {
        return annotation(method, kind) != null
                || microProfile.hasTaken(type.getJavaClass(), method.getJavaMember(), kind.getSimpleName());
    }

    /** Returns the annotation that applies to a method; {@code null} if there is none. */
    <A extends Annotation> A annotation(AnnotatedMethod<?> method, Class<A> wanted) {
        return method.isAnnotationPresent(wanted)
                ? method.getAnnotation(wanted)
                : isBusinessMethod(method) ? onClass(wanted) : null;
    }

    private static boolean isBusinessMethod(AnnotatedMethod<?> method) {
        return method.getJavaMember().getDeclaringClass() != Object.class
                && NotIntercepted.callback(method).isEmpty();
    }
}
