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
 * A method of a bean, with the annotations that are in force for it; {@code null} for those that are not.
 *
 * @param beanClass whose method it is, though a superclass may declare it
 * @param keys the positions of the parameters that last good values are kept by; empty for all
 * @param servesAll whether all users of the application have the same bean, or one that keeps nothing of them
 */
record GuardedMethod(
        Class<?> beanClass,
        Method method,
        CircuitBreaking breaking,
        Retrying retrying,
        FallingBack fallingBack,
        List<Integer> keys,
        boolean isOfSessionBean,
        boolean servesAll) {
    /** {@code OrderService#place(String,int)}. */
    String shortName() {
        return signature(Class::getSimpleName);
    }

    /** {@code com.example.OrderService#place(java.lang.String,int)}. */
    String fullName() {
        return signature(Class::getTypeName);
    }

    private String signature(Function<Class<?>, String> nameOf) {
        return Arrays.stream(method.getParameterTypes())
                .map(nameOf)
                .collect(Collectors.joining(",", nameOf.apply(beanClass) + "#" + method.getName() + "(", ")"));
    }

    /** The name given to its breaker, or else {@code otherwise}. */
    String breakerName(String otherwise) {
        return breaking == null || breaking.name().isEmpty() ? otherwise : breaking.name();
    }

    String retryName(String otherwise) {
        return retrying.name().isEmpty() ? breakerName(otherwise) : retrying.name();
    }

    String fallbackName(String otherwise) {
        return fallingBack.name().isEmpty() ? otherwise : fallingBack.name();
    }

    /** What of these arguments its last good value is kept by. */
    Object[] key(Object... arguments) {
        return keys.isEmpty() ? arguments : keys.stream().map(i -> arguments[i]).toArray();
    }

    /** Whether something of it is called by a default name. */
    boolean needsDefaultName() {
        return (breaking != null && breaking.name().isEmpty())
                || (retrying != null && retryName("").isEmpty())
                || (fallingBack != null && fallingBack.name().isEmpty());
    }

    /**
     * The settings that an annotation has, each in the member of its name.
     *
     * @throws io.switchgear.settings.InvalidSettingsException if it has values that make no settings
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
     * The breaker's rule, with a predicate of its own.
     *
     * @throws ReflectiveOperationException if the predicate cannot be made
     */
    FailureRule failureRule() throws ReflectiveOperationException {
        return new FailureRule(List.of(breaking.failOn()), List.of(breaking.skipOn()), predicate());
    }

    @SuppressWarnings(
            "unchecked") // a result of another type is a ClassCastException, which is handled as any of theirs
    private Predicate<Object> predicate() throws ReflectiveOperationException {
        if (breaking.failWhen() == CircuitBreaking.Never.class) {
            return null;
        }
        var constructor = breaking.failWhen().getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Predicate<Object>) constructor.newInstance();
    }
}
