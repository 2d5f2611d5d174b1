package io.switchgear;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Guards a method of a CDI bean or a session bean with a circuit breaker; on a class, each of its business methods,
 * inherited ones included, with a breaker of its own. An annotation on a method replaces that of the class whole.
 *
 * <p>Every member but {@link #name}, {@link #failOn} and {@link #skipOn} can be changed on the running breaker; see
 * {@link Settings} for what a change does. A value out of range fails the deployment with a message that names the
 * class, the method, the member, the value and the range.
 *
 * @since 0.1
 */
@Documented
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CircuitBreaking {
    /**
     * The breaker's name. Default: the bean's class and the method with its parameters, as in
     * {@code OrderService#place(String,int)}, fully qualified where two classes would share it. Methods that give the
     * same name share one breaker and must agree in every other member. On a class, a given name makes all its methods
     * share one breaker.
     */
    @Nonbinding
    String name() default "";

    /** How failure is judged. @see Settings#tripOn() */
    @Nonbinding
    TripOn tripOn() default TripOn.CONSECUTIVE_FAILURES;

    /** Consecutive failures that open; 1 to 1,000,000. @see Settings#failureThreshold() */
    @Nonbinding
    int failureThreshold() default 5;

    /** Outcomes in the call window; 1 to 1,000,000. @see Settings#windowCalls() */
    @Nonbinding
    int windowCalls() default 100;

    /** Nothing is judged on fewer outcomes; 1 to {@link #windowCalls}. @see Settings#minimumCalls() */
    @Nonbinding
    int minimumCalls() default 20;

    /** Failure rate that opens, in percent; above 0 to 100. @see Settings#failureRateThresholdPercent() */
    @Nonbinding
    double failureRateThresholdPercent() default 50;

    /** Time in OPEN, in milliseconds; 0 to 604,800,000 (a week). @see Settings#openMillis() */
    @Nonbinding
    long openMillis() default 60_000;

    /** Successful trials that close; 1 to 10,000. @see Settings#successThreshold() */
    @Nonbinding
    int successThreshold() default 3;

    /** Trials in flight at once; 1 to 10,000. @see Settings#halfOpenMaxCalls() */
    @Nonbinding
    int halfOpenMaxCalls() default 3;

    /**
     * Milliseconds after which a trial that has not come back gives its permit to another; 1 to 86,400,000 (a day).
     *
     * @see Settings#trialTimeoutMillis()
     */
    @Nonbinding
    long trialTimeoutMillis() default 60_000;

    /** What counts as a failure, subclasses included. A throwable in neither list counts as a success. */
    @Nonbinding
    Class<? extends Throwable>[] failOn() default Throwable.class;

    /** What counts as neither success nor failure, subclasses included; wins over {@link #failOn}. */
    @Nonbinding
    Class<? extends Throwable>[] skipOn() default {};
}
