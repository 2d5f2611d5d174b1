package io.switchgear.cdi;

import io.switchgear.CircuitBreaking;
import io.switchgear.FailureRule;
import io.switchgear.Settings;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A method of a bean, with the annotation that is in force for it.
 *
 * @param beanClass whose method it is, though a superclass may declare it
 */
record GuardedMethod(Class<?> beanClass, Method method, CircuitBreaking annotation) {
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

    /** @throws io.switchgear.InvalidSettingsException if the annotation has values that make no settings */
    Settings settings() {
        return Settings.builder()
                .tripOn(annotation.tripOn())
                .failureThreshold(annotation.failureThreshold())
                .windowCalls(annotation.windowCalls())
                .windowMillis(annotation.windowMillis())
                .minimumCalls(annotation.minimumCalls())
                .failureRateThresholdPercent(annotation.failureRateThresholdPercent())
                .slowCallMillis(annotation.slowCallMillis())
                .slowCallRateThresholdPercent(annotation.slowCallRateThresholdPercent())
                .openMillis(annotation.openMillis())
                .openBackoffFactor(annotation.openBackoffFactor())
                .openMaxMillis(annotation.openMaxMillis())
                .openJitterPercent(annotation.openJitterPercent())
                .successThreshold(annotation.successThreshold())
                .halfOpenMaxCalls(annotation.halfOpenMaxCalls())
                .trialTimeoutMillis(annotation.trialTimeoutMillis())
                .maxConcurrentCalls(annotation.maxConcurrentCalls())
                .build();
    }

    /**
     * The rule, with a predicate of its own.
     *
     * @throws ReflectiveOperationException if the predicate cannot be made
     */
    FailureRule failureRule() throws ReflectiveOperationException {
        return new FailureRule(List.of(annotation.failOn()), List.of(annotation.skipOn()), predicate());
    }

    @SuppressWarnings(
            "unchecked") // a result of another type is a ClassCastException, which is handled as any of theirs
    private Predicate<Object> predicate() throws ReflectiveOperationException {
        if (annotation.failWhen() == CircuitBreaking.Never.class) {
            return null;
        }
        var constructor = annotation.failWhen().getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Predicate<Object>) constructor.newInstance();
    }

    /** What two methods must agree in to share a breaker, beside the settings. */
    String ruleText() {
        return "failOn=" + names(annotation.failOn()) + " skipOn=" + names(annotation.skipOn()) + " failWhen="
                + names(annotation.failWhen());
    }

    private static String names(Class<?>... types) {
        return Arrays.stream(types).map(Class::getName).toList().toString();
    }
}
