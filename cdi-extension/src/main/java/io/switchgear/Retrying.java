// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.RetrySettings;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Retries failed calls of a method of a CDI bean or a session bean; on a class, those of each business method. Use it
 * only for methods that may run twice. With {@link CircuitBreaking}, each attempt is one outcome for the breaker, and
 * retrying ends when the breaker opens.
 *
 * <p>Retries are paid from a budget, so that they cannot multiply an outage; see {@link RetrySettings}.
 *
 * <p>A method that returns a {@link java.util.concurrent.CompletionStage} holds no thread between attempts. It is
 * retried on a thread of the server's {@code ManagedScheduledExecutorService} if there is one, with the naming context
 * and class loader of its first caller, but without a request scope. The caller gets a different stage from the one
 * that the method returns; cancelling it cancels the running attempt. Other methods hold the caller's thread. If that
 * is interrupted, the last failure is thrown.
 *
 * <p>All members except {@link #name}, {@link #retryOn} and {@link #abortOn} can be changed while calls are running. A
 * value out of range fails the deployment; the message names the class, the method, the member, the value and the
 * range.
 *
 * @since 0.1
 */
@Documented
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Retrying {
    /**
     * Returns the name of the retries. Default: the explicit name of the method's breaker if it has one, else the
     * bean's class and the method, such as {@code Orders#place(String,int)}. Methods with the same explicit name share
     * settings, totals and budget, and must agree in all other members.
     */
    @Nonbinding
    String name() default "";

    /**
     * Returns whether failed calls are retried. On a method, {@code @Retrying(enabled = false)} leaves the method out
     * of the annotation of its class; its retries are shown as off, and can be switched on while the application runs.
     *
     * @see RetrySettings#enabled()
     */
    @Nonbinding
    boolean enabled() default true;

    /**
     * Returns the maximum number of attempts, the first included; 1 to 1,000,000.
     *
     * @see RetrySettings#maxAttempts()
     */
    @Nonbinding
    int maxAttempts() default 3;

    /**
     * Returns the wait before the first retry, in milliseconds; 0 to 3,600,000 (an hour).
     *
     * @see RetrySettings#delayMillis()
     */
    @Nonbinding
    long delayMillis() default 200;

    /**
     * Returns the factor by which each further retry multiplies the wait; 1 (off) to 10.
     *
     * @see RetrySettings#backoffFactor()
     */
    @Nonbinding
    double backoffFactor() default 2;

    /**
     * Returns the maximum wait with a {@link #backoffFactor} above 1, in milliseconds; 0 to 3,600,000 (an hour), and
     * with such a factor at least {@link #delayMillis}.
     *
     * @see RetrySettings#maxDelayMillis()
     */
    @Nonbinding
    long maxDelayMillis() default 10_000;

    /**
     * Returns the maximum random reduction of each wait, in percent; 0 to 100 (full jitter).
     *
     * @see RetrySettings#jitterPercent()
     */
    @Nonbinding
    double jitterPercent() default 100;

    /**
     * Returns the maximum time by which each wait is prolonged or shortened at random, in milliseconds; 0 (off) to
     * 3,600,000 (an hour). No wait is below 0.
     *
     * @see RetrySettings#jitterMillis()
     */
    @Nonbinding
    long jitterMillis() default 0;

    /**
     * Returns how long after the start of the first attempt a retry may begin, in milliseconds; 0 (no limit) to
     * 86,400,000 (a day).
     *
     * @see RetrySettings#maxDurationMillis()
     */
    @Nonbinding
    long maxDurationMillis() default 180_000;

    /**
     * Returns the retries earned by successful calls, in percent of these calls; 0 to 100.
     *
     * @see RetrySettings#budgetPercent()
     */
    @Nonbinding
    double budgetPercent() default 20;

    /**
     * Returns the number of free retries: a second's worth is lent until calls succeed; 0 to 1,000,000, at which there
     * is no budget.
     *
     * @see RetrySettings#minRetriesPerSecond()
     */
    @Nonbinding
    int minRetriesPerSecond() default 10;

    /**
     * Returns the throwables after which a call is retried, subclasses included. {@link CircuitOpenException}, like all
     * throwables that do not describe a service that fails, is retried only if it is listed itself; {@link FailureRule}
     * has the rule.
     */
    @Nonbinding
    Class<? extends Throwable>[] retryOn() default Exception.class;

    /**
     * Returns the throwables after which a call is not retried, subclasses included. Takes precedence over
     * {@link #retryOn}. An interruption is never retried.
     */
    @Nonbinding
    Class<? extends Throwable>[] abortOn() default {};
}
