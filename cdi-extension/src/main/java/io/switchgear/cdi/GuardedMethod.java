// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.CircuitBreaking;
import io.switchgear.FailureRule;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
 * @param servesAll whether all users of the application share the bean, or the bean keeps no state of a user
 */
record GuardedMethod(
        Class<?> beanClass,
        Method method,
        CircuitBreaking breaking,
        Retrying retrying,
        FallingBack fallingBack,
        List<Integer> keys,
        Demarcation transaction,
        List<Annotation> otherBindings,
        boolean isOfSessionBean,
        boolean servesAll) {
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

    /** Returns the name given to its fallback, or else {@code otherwise}. */
    String fallbackName(String otherwise) {
        return fallingBack.name().isEmpty() ? otherwise : fallingBack.name();
    }

    /** Returns those of these arguments that are the key of its last good value. */
    Object[] key(Object... arguments) {
        return keys.isEmpty() ? arguments : keys.stream().map(i -> arguments[i]).toArray();
    }

    /** Returns whether its breaker, retries or fallback have the default name. */
    boolean needsDefaultName() {
        return (breaking != null && breaking.name().isEmpty())
                || (retrying != null && retryName("").isEmpty())
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
        return new FailureRule(List.of(breaking.failOn()), List.of(breaking.skipOn()), predicate());
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
