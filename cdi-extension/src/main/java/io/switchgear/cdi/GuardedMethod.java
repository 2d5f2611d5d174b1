// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.CircuitBreaking;
import io.switchgear.FailureRule;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.TimeLimiting;
import io.switchgear.microprofile.MicroProfileGuard;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A method of a bean, with the annotations that apply to it; {@code null} for each that does not.
 *
 * @param beanClass the class of the bean; a superclass may declare the method
 * @param keys the positions of the parameters that are the key of last good values; empty for all parameters
 * @param transaction where its transaction begins
 * @param otherBindings the bindings of interceptors of the application and its libraries
 * @param microProfile the guard by annotations of MicroProfile Fault Tolerance, which the first three are made from;
 *     {@code null} if the method has those of this library
 * @param servesAll whether all users of the application share the bean, or the bean keeps no state of a user
 */
record GuardedMethod(
        Class<?> beanClass,
        Method method,
        CircuitBreaking breaking,
        Retrying retrying,
        TimeLimiting timeLimiting,
        FallingBack fallingBack,
        List<Integer> keys,
        Demarcation transaction,
        List<Annotation> otherBindings,
        MicroProfileGuard microProfile,
        boolean isOfSessionBean,
        boolean servesAll) {
    /** Intentional: that of an annotation calls each of its members, for each of thousands of methods. */
    @Override
    public int hashCode() {
        return 31 * beanClass.hashCode() + method.hashCode();
    }

    /** Returns the name with simple class names, as in {@code Orders#place(String,int)}. */
    String shortName() {
        return signature(beanClass, method, Class::getSimpleName);
    }

    /** Returns the name with full class names: {@code com.example.Orders#place(java.lang.String,int)}. */
    String fullName() {
        return fullName(beanClass, method);
    }

    /** Returns the name of a method with full class names. */
    static String fullName(Class<?> beanClass, Method method) {
        return signature(beanClass, method, Class::getTypeName);
    }

    private static String signature(Class<?> beanClass, Method method, Function<Class<?>, String> nameOf) {
        return Arrays.stream(method.getParameterTypes())
                .map(nameOf)
                .collect(Collectors.joining(",", nameOf.apply(beanClass) + "#" + method.getName() + "(", ")"));
    }

    /** Returns the name given to its breaker, or else {@code otherwise}. */
    String breakerName(String otherwise) {
        return breaking == null || breaking.name().isEmpty() ? otherwise : breaking.name();
    }

    /** Returns the name given to its retries, or else that of its breaker. */
    String retryName(String otherwise) {
        return retrying.name().isEmpty() ? breakerName(otherwise) : retrying.name();
    }

    /** Returns the name given to its time limit, or else that of its breaker. */
    String timeLimitName(String otherwise) {
        return timeLimiting.name().isEmpty() ? breakerName(otherwise) : timeLimiting.name();
    }

    /** Returns the name given to its fallback, or else {@code otherwise}. */
    String fallbackName(String otherwise) {
        return fallingBack.name().isEmpty() ? otherwise : fallingBack.name();
    }

    /** Returns those of these arguments that are the key of its last good value. */
    Object[] key(Object... arguments) {
        return keys.isEmpty() ? arguments : keys.stream().map(i -> arguments[i]).toArray();
    }

    /** Returns whether its bulkhead, breaker, retries, time limit or fallback have the default name. */
    boolean needsDefaultName() {
        return (microProfile != null && microProfile.bulkhead() != null)
                || (breaking != null && breaking.name().isEmpty())
                || (retrying != null && retryName("").isEmpty())
                || (timeLimiting != null && timeLimitName("").isEmpty())
                || (fallingBack != null && fallingBack.name().isEmpty());
    }

    /**
     * Returns the settings of an annotation, each from the member of its name.
     *
     * @throws io.switchgear.settings.InvalidSettingsException if the values are not valid settings
     */
    static <S extends TunableSettings<S>> S settings(Annotation annotation, S defaults) {
        Map<Setting, Object> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(defaults.kind())) {
            try {
                values.put(
                        setting,
                        annotation
                                .annotationType()
                                .getMethod(setting.memberName())
                                .invoke(annotation));
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError(annotation + " has no " + setting.memberName(), impossible);
            }
        }
        return defaults.with(values);
    }

    /**
     * Returns the rule of the breaker, with a new predicate.
     *
     * @throws ReflectiveOperationException if the predicate cannot be created
     */
    FailureRule failureRule() throws ReflectiveOperationException {
        return new FailureRule(
                List.of(breaking.failOn()), List.of(breaking.skipOn()), predicate(), microProfile != null);
    }

    /** Returns a rule of these lists, by the definition of the annotations of the method. */
    FailureRule rule(Class<? extends Throwable>[] on, Class<? extends Throwable>[] exceptOn) {
        return new FailureRule(List.of(on), List.of(exceptOn), null, microProfile != null);
    }

    /** Returns whether it runs on another thread than its caller. */
    boolean isAsynchronous() {
        return microProfile != null && microProfile.asynchronous();
    }

    /** Returns the type by which its results are judged; {@code void} if it succeeds when it returns. */
    Class<?> judgedType() {
        if (microProfile == null) {
            return method.getReturnType();
        }
        return isAsynchronous() ? CompletionStage.class : void.class;
    }

    /** Returns the handler of its fallback; {@code null} if there is none. */
    Class<?> handler() {
        if (microProfile != null) {
            return microProfile.handler();
        }
        return fallingBack.handler() == FallingBack.None.class ? null : fallingBack.handler();
    }

    /** Returns the name of an annotation of it, as the application has written it. */
    String nameOf(Annotation annotation) {
        return microProfile == null
                ? annotation.annotationType().getSimpleName()
                : GuardedMethods.ANNOTATIONS.get(annotation.annotationType());
    }

    @SuppressWarnings("unchecked") // a ClassCastException is handled like any exception of the predicate
    private Predicate<Object> predicate() throws ReflectiveOperationException {
        if (breaking.failWhen() == CircuitBreaking.Never.class) {
            return null;
        }
        var constructor = breaking.failWhen().getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Predicate<Object>) constructor.newInstance();
    }
}
