// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Replaces the result of failed calls of a method, calls that its breaker rejects included. The replacement is the last
 * good value, or the result of another method of the bean or of a handler. The last good value is preferred; the method
 * or handler is used if there is none. If that fails too, the caller gets its exception, with the failure of the call
 * among the suppressed ones.
 *
 * <p>{@link #enabled}, {@link #onlyWhenOpen}, {@link #ttlMillis} and {@link #maxEntries} can be changed while calls are
 * running. A value out of range fails the deployment, with a message that names the class, the member and the value.
 *
 * @since 0.1
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FallingBack {
    /**
     * Returns the name of the fallback. Default: the bean's class and the method, such as
     * {@code Orders#place(String,int)}. Each fallback needs a different name.
     */
    @Nonbinding
    String name() default "";

    /**
     * Returns whether failed calls are replaced. A fallback that is off can be switched on while the application runs.
     *
     * @see io.switchgear.settings.FallbackSettings#enabled()
     */
    @Nonbinding
    boolean enabled() default true;

    /**
     * Returns the name of a method of the bean that provides the replacement. It has the parameters of the guarded
     * method, optionally followed by the failure, and returns a type that the guarded method could return. Type
     * arguments of its parameters must accept those of the guarded method, as in a call.
     *
     * <p>The method may have any visibility in the bean's class. In a superclass or an interface, the guarded method
     * must be able to call it. If several methods have this name, the one with the most specific failure type is
     * called. If none accepts the failure, the caller gets the failure. The method runs without the guards of its
     * annotations.
     */
    @Nonbinding
    String method() default "";

    /** Returns the type of a CDI bean that provides the replacement. One object serves all calls of the method. */
    @Nonbinding
    Class<? extends FallbackHandler<?>> handler() default None.class;

    /**
     * Returns whether a failed call is replaced by the last good result for equal arguments. If parameters are marked
     * with {@link CacheKey}, only those are compared. Only for beans that serve all users alike: application-scoped
     * beans, singletons and stateless session beans, for example.
     *
     * <p>Results and copies of the arguments are kept, even after they expire, until later entries evict them. Results
     * must not be modified. Arguments are values of the JDK, enums, arrays and collections of these, records, and
     * objects with {@code equals} whose fields are all final. For others, for a {@code char[]}, and for arguments of
     * more than 8 kB no result is kept, which is logged once. Replacements are never kept, nor is a result that is a
     * failure by the breaker's {@link CircuitBreaking#failWhen}. Needs Caffeine
     * ({@code com.github.ben-manes.caffeine:caffeine}) in the application.
     */
    @Nonbinding
    boolean lastGood() default false;

    /**
     * Returns how long a last good value may be used, in milliseconds; 1 to 604,800,000 (a week).
     *
     * @see io.switchgear.settings.FallbackSettings#ttlMillis()
     */
    @Nonbinding
    long ttlMillis() default 300_000;

    /**
     * Returns the maximum number of last good values kept; 1 to 1,000,000. Beyond this the least used are evicted.
     *
     * @see io.switchgear.settings.FallbackSettings#maxEntries()
     */
    @Nonbinding
    int maxEntries() default 1_000;

    /**
     * Returns the failures to which the fallback applies, subclasses and rejections included. It applies to other
     * throwables that do not describe a service that fails, such as refused access, only if their class itself is
     * listed; {@link FailureRule} has the rule.
     */
    @Nonbinding
    Class<? extends Throwable>[] on() default Throwable.class;

    /**
     * Returns the failures to which the fallback does not apply, subclasses included. Takes precedence over
     * {@link #on}. The fallback never applies to an interruption.
     */
    @Nonbinding
    Class<? extends Throwable>[] exceptOn() default {};

    /**
     * Returns whether the fallback applies to rejected calls alone, whatever the reason of the rejection, and callers
     * get all other failures.
     *
     * @see io.switchgear.settings.FallbackSettings#onlyWhenOpen()
     */
    @Nonbinding
    boolean onlyWhenOpen() default false;

    /** The default of {@link #handler}: no handler. */
    final class None implements FallbackHandler<Object> {
        private None() {}

        @Override
        public Object handle(FailedCall call) {
            throw new UnsupportedOperationException("no handler");
        }
    }
}
