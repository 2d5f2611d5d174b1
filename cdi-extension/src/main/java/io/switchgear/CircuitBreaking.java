package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.CallTimer;
import io.switchgear.settings.TripOn;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Predicate;

/**
 * Guards a method of a CDI bean or a session bean with a circuit breaker; on a class, each of its business methods,
 * inherited ones included, with a breaker of its own. An annotation on a method replaces that of the class whole.
 *
 * <p>Every member but {@link #name}, {@link #failOn} and {@link #skipOn} can be changed on the running breaker; see
 * {@link BreakerSettings} for what a change does. A value out of range fails the deployment with a message that names
 * the class, the method, the member, the value and the range.
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

    /** How failure is judged. @see BreakerSettings#tripOn() */
    @Nonbinding
    TripOn tripOn() default TripOn.CONSECUTIVE_FAILURES;

    /** Consecutive failures that open; 1 to 1,000,000. @see BreakerSettings#failureThreshold() */
    @Nonbinding
    int failureThreshold() default 5;

    /** Outcomes in the call window; 1 to 1,000,000. @see BreakerSettings#windowCalls() */
    @Nonbinding
    int windowCalls() default 100;

    /** Length of the time window, in milliseconds; 100 to 86,400,000 (a day). @see BreakerSettings#windowMillis() */
    @Nonbinding
    long windowMillis() default 10_000;

    /** Nothing is judged on fewer outcomes; 1 to {@link #windowCalls}. @see BreakerSettings#minimumCalls() */
    @Nonbinding
    int minimumCalls() default 20;

    /** Failure rate that opens, in percent; above 0 to 100. @see BreakerSettings#failureRateThresholdPercent() */
    @Nonbinding
    double failureRateThresholdPercent() default 50;

    /**
     * A call that takes longer, in milliseconds, is slow; 0 (off) to 86,400,000. @see BreakerSettings#slowCallMillis()
     */
    @Nonbinding
    long slowCallMillis() default 0;

    /**
     * Rate of slow calls that opens, in percent; above 0 to 100. @see BreakerSettings#slowCallRateThresholdPercent()
     */
    @Nonbinding
    double slowCallRateThresholdPercent() default 100;

    /** Time in OPEN, in milliseconds; 0 to 604,800,000 (a week). @see BreakerSettings#openMillis() */
    @Nonbinding
    long openMillis() default 60_000;

    /** Growth of the time in OPEN with each further opening; 1 (off) to 10. @see BreakerSettings#openBackoffFactor() */
    @Nonbinding
    double openBackoffFactor() default 1;

    /** The longest time in OPEN, in milliseconds; openMillis to 604,800,000. @see BreakerSettings#openMaxMillis() */
    @Nonbinding
    long openMaxMillis() default 600_000;

    /** Random part of the time in OPEN, in percent; 0 to 100. @see BreakerSettings#openJitterPercent() */
    @Nonbinding
    double openJitterPercent() default 0;

    /** Successful trials that close; 1 to 10,000. @see BreakerSettings#successThreshold() */
    @Nonbinding
    int successThreshold() default 3;

    /** Trials in flight at once; 1 to 10,000. @see BreakerSettings#halfOpenMaxCalls() */
    @Nonbinding
    int halfOpenMaxCalls() default 3;

    /**
     * Milliseconds after which a trial that has not come back gives its permit to another; 1 to 86,400,000 (a day).
     *
     * @see BreakerSettings#trialTimeoutMillis()
     */
    @Nonbinding
    long trialTimeoutMillis() default 60_000;

    /** Calls in flight at once; 0 (no limit) to 1,000,000. @see BreakerSettings#maxConcurrentCalls() */
    @Nonbinding
    int maxConcurrentCalls() default 0;

    /** Whether calls are timed for metrics. @see BreakerSettings#callTimer() */
    @Nonbinding
    CallTimer callTimer() default CallTimer.OFF;

    /** What counts as a failure, subclasses included. A throwable in neither list counts as a success. */
    @Nonbinding
    Class<? extends Throwable>[] failOn() default Throwable.class;

    /** What counts as neither success nor failure, subclasses included; wins over {@link #failOn}. */
    @Nonbinding
    Class<? extends Throwable>[] skipOn() default {};

    /**
     * A predicate on the result that tells a failure, as of an HTTP 503 or an empty page. It needs a constructor
     * without parameters; one object serves all calls. If it throws, the call counts as neither success nor failure,
     * and the caller gets the result all the same. Asynchronous results are tested when they complete.
     */
    @Nonbinding
    Class<? extends Predicate<?>> failWhen() default Never.class;

    /** The default of {@link #failWhen}: no result is a failure. */
    final class Never implements Predicate<Object> {
        @Override
        public boolean test(Object result) {
            return false;
        }
    }
}
