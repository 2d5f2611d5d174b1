// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.TimeLimitSettings;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits the time of calls of a method of a CDI bean or a session bean; on a class, that of each business method. A
 * call that exceeds the limit ends with {@link TimeLimitExceededException}. With {@link CircuitBreaking}, it is a
 * failure at that moment, whenever its thread comes back. With {@link Retrying}, the limit applies to each attempt.
 *
 * <p>The thread of a call that exceeds the limit is interrupted, once, and never after the call is over. Its caller
 * gets the exception when the thread comes back: at once, unless the code does not react to interruptions. The manual
 * lists what cannot be interrupted.
 *
 * <p>If the method returns a {@link java.util.concurrent.CompletionStage}, the limit covers the method and the stage.
 * The caller gets a different stage from the one that the method returns. At the limit, the caller's stage fails and
 * the method's stage is cancelled.
 *
 * <p>All members except {@link #name} can be changed while calls are running, also for these calls. A value out of
 * range fails the deployment; the message names the class, the method, the member, the value and the range.
 *
 * @since 0.1
 */
@Documented
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface TimeLimiting {
    /**
     * Returns the name of the time limit. Default: the explicit name of the method's breaker if it has one, else the
     * bean's class and the method, such as {@code Orders#place(String,int)}. Methods with the same explicit name share
     * settings and totals, and must agree in all other members.
     */
    @Nonbinding
    String name() default "";

    /**
     * Returns whether calls are limited. On a method, {@code @TimeLimiting(enabled = false)} leaves the method out of
     * the annotation of its class; its limit is shown as off, and can be switched on while the application runs.
     *
     * @see TimeLimitSettings#enabled()
     */
    @Nonbinding
    boolean enabled() default true;

    /**
     * Returns how long a call may take, in milliseconds; 1 to 86,400,000 (a day).
     *
     * @see TimeLimitSettings#limitMillis()
     */
    @Nonbinding
    long limitMillis() default 1_000;

    /**
     * Returns how long a trial may take, in milliseconds; 1 to {@link #limitMillis}, or 0 for the same as
     * {@link #limitMillis}.
     *
     * @see TimeLimitSettings#trialLimitMillis()
     */
    @Nonbinding
    long trialLimitMillis() default 0;

    /**
     * Returns whether the thread of a call that exceeds the limit is interrupted.
     *
     * @see TimeLimitSettings#interrupt()
     */
    @Nonbinding
    boolean interrupt() default true;

    /**
     * Returns the number of top frames of the call's thread that become the stack trace of the exception; 0 to 100.
     *
     * @see TimeLimitSettings#stackFrames()
     */
    @Nonbinding
    int stackFrames() default 0;
}
