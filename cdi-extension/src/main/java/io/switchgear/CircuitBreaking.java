// SPDX-License-Identifier: Apache-2.0
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
 * Guards a method of a CDI bean or a session bean with a circuit breaker. On a class, it guards each business method,
 * inherited ones included, with a separate breaker. An annotation on a method replaces that of the class as a whole.
 *
 * <p>Where the container runs no interceptor, the annotation fails the deployment: on an interface or an abstract
 * method, a private or static method, a servlet, or a method that is called with {@code @PostConstruct}, for example.
 *
 * <p>All members except {@link #name}, {@link #failOn}, {@link #skipOn} and {@link #failWhen} can be changed on the
 * running breaker; see {@link BreakerSettings} for the effect. A value out of range fails the deployment; the message
 * names the class, the method, the member, the value and the range.
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
     * Returns the name of the breaker. Default: the bean's class and the method with its parameters, such as
     * {@code Orders#place(String,int)}, fully qualified if several classes would share it. Methods with the same
     * explicit name share one breaker and must agree in all other members. On a class, an explicit name makes all its
     * methods share one breaker.
     */
    @Nonbinding
    String name() default "";

    /**
     * Returns whether the breaker acts. On a method, {@code @CircuitBreaking(enabled = false)} leaves the method out of
     * the annotation of its class; its breaker is shown as off, and can be switched on while the application runs.
     *
     * @see BreakerSettings#enabled()
     */
    @Nonbinding
    boolean enabled() default true;

    /**
     * Returns what opens the breaker. The default suits one caller, some calls a second at most, or a resource that
     * fails as a whole. Where many calls share a service that may fail in part or be overloaded, choose
     * {@link TripOn#ADAPTIVE}; where the service is there or not, and calls do harm while it is not,
     * {@link TripOn#TIME_WINDOW}.
     *
     * @see BreakerSettings#tripOn()
     */
    @Nonbinding
    TripOn tripOn() default TripOn.CONSECUTIVE_FAILURES;

    /**
     * Returns the number of consecutive failures that open the breaker; 1 to 1,000,000.
     *
     * @see BreakerSettings#failureThreshold()
     */
    @Nonbinding
    int failureThreshold() default 5;

    /**
     * Returns the length of the call window, in outcomes; 1 to 1,000,000.
     *
     * @see BreakerSettings#windowCalls()
     */
    @Nonbinding
    int windowCalls() default 100;

    /**
     * Returns the length of the time window, in milliseconds; 100 to 86,400,000 (a day).
     *
     * @see BreakerSettings#windowMillis()
     */
    @Nonbinding
    long windowMillis() default 10_000;

    /**
     * Returns the minimum number of outcomes in the window before a rate can open the breaker; 1 to 1,000,000, and at
     * most {@link #windowCalls} with {@link TripOn#CALL_WINDOW}.
     *
     * @see BreakerSettings#minimumCalls()
     */
    @Nonbinding
    int minimumCalls() default 20;

    /**
     * Returns the failure rate that opens the breaker, in percent; above 0, at most 100.
     *
     * @see BreakerSettings#failureRateThresholdPercent()
     */
    @Nonbinding
    double failureRateThresholdPercent() default 50;

    /**
     * Returns the duration beyond which a call is slow, in milliseconds; 0 (off) to 86,400,000 (a day).
     *
     * @see BreakerSettings#slowCallMillis()
     */
    @Nonbinding
    long slowCallMillis() default 0;

    /**
     * Returns the rate of slow calls that opens the breaker, in percent; above 0, at most 100.
     *
     * @see BreakerSettings#slowCallRateThresholdPercent()
     */
    @Nonbinding
    double slowCallRateThresholdPercent() default 100;

    /**
     * Returns the time in OPEN, in milliseconds; 0 to 604,800,000 (a week).
     *
     * @see BreakerSettings#openMillis()
     */
    @Nonbinding
    long openMillis() default 60_000;

    /**
     * Returns the factor by which each further opening in a row multiplies the time in OPEN; 1 (off) to 10.
     *
     * @see BreakerSettings#openBackoffFactor()
     */
    @Nonbinding
    double openBackoffFactor() default 1;

    /**
     * Returns the maximum time in OPEN with an {@link #openBackoffFactor} above 1, in milliseconds; 0 to 604,800,000 (a
     * week), and with such a factor at least {@link #openMillis}.
     *
     * @see BreakerSettings#openMaxMillis()
     */
    @Nonbinding
    long openMaxMillis() default 600_000;

    /**
     * Returns the maximum random reduction of the time in OPEN, in percent; 0 to 100.
     *
     * @see BreakerSettings#openJitterPercent()
     */
    @Nonbinding
    double openJitterPercent() default 0;

    /**
     * Returns the number of successful trials that close the breaker; 1 to 10,000.
     *
     * @see BreakerSettings#successThreshold()
     */
    @Nonbinding
    int successThreshold() default 3;

    /**
     * Returns the maximum number of trials in flight while HALF_OPEN; 1 to 10,000.
     *
     * @see BreakerSettings#halfOpenMaxCalls()
     */
    @Nonbinding
    int halfOpenMaxCalls() default 3;

    /**
     * Returns the duration after which an unfinished trial loses its permit to another call, in milliseconds; 1 to
     * 86,400,000 (a day).
     *
     * @see BreakerSettings#trialTimeoutMillis()
     */
    @Nonbinding
    long trialTimeoutMillis() default 60_000;

    /**
     * Returns the number of trials that may fail before {@link #successThreshold} have succeeded; 0 (any failing trial
     * opens the breaker again) to 10,000.
     *
     * @see BreakerSettings#maxTrialFailures()
     */
    @Nonbinding
    int maxTrialFailures() default 0;

    /**
     * Returns the time from one trial to the next while the breaker is open, with {@link TripOn#ADAPTIVE}, in
     * milliseconds; 1 to 86,400,000 (a day).
     *
     * @see BreakerSettings#trialIntervalMillis()
     */
    @Nonbinding
    long trialIntervalMillis() default 2_000;

    /**
     * Returns the time after closing in which the share of the calls that is admitted grows from 10 % to all of them,
     * in milliseconds; 0 (all at once) to 86,400,000 (a day).
     *
     * @see BreakerSettings#rampUpMillis()
     */
    @Nonbinding
    long rampUpMillis() default 0;

    /**
     * Returns the maximum number of calls in flight; 0 (no limit) to 1,000,000. Further calls wait as
     * {@link #maxWaitingCalls} allows, or are rejected.
     *
     * @see BreakerSettings#maxConcurrentCalls()
     */
    @Nonbinding
    int maxConcurrentCalls() default 0;

    /**
     * Returns the maximum number of calls that wait for a place at once, with {@link #maxConcurrentCalls}; 0 (no queue)
     * to 1,000,000. They wait on the threads of their callers, also where the method returns a stage.
     *
     * @see BreakerSettings#maxWaitingCalls()
     */
    @Nonbinding
    int maxWaitingCalls() default 0;

    /**
     * Returns the time after which a call that waits is rejected, in milliseconds; 0 (no limit) to 86,400,000 (a day).
     *
     * @see BreakerSettings#maxWaitMillis()
     */
    @Nonbinding
    long maxWaitMillis() default 1_000;

    /**
     * Returns whether calls are timed for metrics.
     *
     * @see BreakerSettings#callTimer()
     */
    @Nonbinding
    CallTimer callTimer() default CallTimer.OFF;

    /**
     * Returns the throwables that count as failures, subclasses included. A throwable in neither this list nor
     * {@link #skipOn} counts as a success. Some throwables do not describe a service that fails and are failures only
     * if their class itself is listed, such as a cancellation; {@link FailureRule} has the rule.
     */
    @Nonbinding
    Class<? extends Throwable>[] failOn() default Throwable.class;

    /**
     * Returns the throwables that count as neither success nor failure, subclasses included. Takes precedence over
     * {@link #failOn}.
     */
    @Nonbinding
    Class<? extends Throwable>[] skipOn() default {};

    /**
     * Returns a predicate that is true for results that are failures, such as an HTTP 503 or an empty page. The class
     * needs a constructor without parameters; one instance serves all calls, on many threads. If the predicate throws,
     * the call counts as neither success nor failure, and the caller still gets the result. Asynchronous results are
     * tested when they complete. A predicate whose type does not fit the results of the method fails the deployment.
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
