package io.switchgear;

import io.switchgear.settings.RetrySettings;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a method of a CDI bean or a session bean again if it failed; on a class, each of its business methods. Only for
 * what may be done twice. With {@link CircuitBreaking} each attempt is one outcome for the breaker, and when that
 * opens, retrying ends.
 *
 * <p>Retries are paid from a budget, so that they cannot multiply an outage; see {@link RetrySettings}. A method that
 * answers a {@link java.util.concurrent.CompletionStage} is called again by a thread of the server's
 * {@code ManagedScheduledExecutorService} where there is one, with the naming and class loader of its first caller but
 * without a request scope, and no thread is held meanwhile; its caller gets another stage than the method answered, and
 * cancelling that cancels the attempt that is running. Other methods hold the caller's thread; when that is
 * interrupted, the last failure is thrown.
 *
 * <p>Every member but {@link #name}, {@link #retryOn} and {@link #abortOn} can be changed while calls are running. A
 * value out of range fails the deployment with a message that names the class, the method, the member, the value and
 * the range.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Retrying {
    /**
     * What settings, totals and budget go by. Default: the name given to the method's breaker, else the bean's class
     * and the method, as in {@code OrderService#place(String,int)}. Methods that have the same name share all of these
     * and must agree in every other member.
     */
    String name() default "";

    /** Attempts at most, the first included; 1 to 100. @see RetrySettings#maxAttempts() */
    int maxAttempts() default 3;

    /** Wait before the first retry, in milliseconds; 0 to 3,600,000. @see RetrySettings#delayMillis() */
    long delayMillis() default 200;

    /** Each further retry waits this much longer; 1 to 10. @see RetrySettings#backoffFactor() */
    double backoffFactor() default 2;

    /** The longest wait, in milliseconds; 0 to 3,600,000. @see RetrySettings#maxDelayMillis() */
    long maxDelayMillis() default 10_000;

    /** Random part of each wait, in percent; 0 to 100 (full jitter). @see RetrySettings#jitterPercent() */
    double jitterPercent() default 100;

    /**
     * No retry begins later than this after the first attempt began, in milliseconds; 0 (no limit) to 86,400,000.
     *
     * @see RetrySettings#maxDurationMillis()
     */
    long maxDurationMillis() default 180_000;

    /** Retries that successful calls pay for, in percent of them; 0 to 100. @see RetrySettings#budgetPercent() */
    double budgetPercent() default 20;

    /** Retries each second that are free; 0 to 10,000. @see RetrySettings#minRetriesPerSecond() */
    int minRetriesPerSecond() default 10;

    /**
     * What is followed by a retry, subclasses included. {@link CircuitOpenException} only if it is named here itself.
     */
    Class<? extends Throwable>[] retryOn() default Exception.class;

    /** What is not, subclasses included; wins over {@link #retryOn}. Interruption and cancellation never are. */
    Class<? extends Throwable>[] abortOn() default {};
}
