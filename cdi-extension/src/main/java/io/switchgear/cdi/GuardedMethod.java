package io.switchgear.cdi;

import io.switchgear.CircuitBreaking;
import io.switchgear.FailureRule;
import io.switchgear.Settings;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
                .minimumCalls(annotation.minimumCalls())
                .failureRateThresholdPercent(annotation.failureRateThresholdPercent())
                .openMillis(annotation.openMillis())
                .successThreshold(annotation.successThreshold())
                .halfOpenMaxCalls(annotation.halfOpenMaxCalls())
                .trialTimeoutMillis(annotation.trialTimeoutMillis())
                .build();
    }

    FailureRule failureRule() {
        return new FailureRule(List.of(annotation.failOn()), List.of(annotation.skipOn()));
    }
}
