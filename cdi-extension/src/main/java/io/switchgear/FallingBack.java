package io.switchgear;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands in for the failed calls of a method, those included that its breaker rejects: with the last good value, with
 * what a method of the bean answers, or with what a handler answers. A last good value comes first, a method or handler
 * where there is none. What stands in and fails itself throws its own failure, with that of the call among the
 * suppressed ones.
 *
 * <p>{@link #onlyWhenOpen}, {@link #ttlMillis} and {@link #maxEntries} can be changed while calls are running.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FallingBack {
    /** Default: the bean's class and the method, as in {@code OrderService#place(String,int)}. No two share a name. */
    String name() default "";

    /**
     * A method of the bean with the same parameters, or these and the failure as the last one, whose result the method
     * could return. It may be private, inherited, of any visibility in the bean's class and, if the guarded method
     * could call it, in classes and interfaces above. A failure's type says what the method is for: of several the one
     * with the nearest type is called, and where none takes the failure, nothing stands in. It runs without a guard of
     * its own.
     */
    String method() default "";

    /** A CDI bean that stands in. One object serves all calls of the method. */
    Class<? extends FallbackHandler<?>> handler() default None.class;

    /**
     * Whether the last result for the same arguments, or for the same of those that are marked with {@link CacheKey},
     * stands in. Only for beans that serve everybody, as those that are application-scoped, singletons or stateless.
     * Arguments and results are kept, past their time until others come, and must not be changed by anybody; arguments
     * need {@code equals} and {@code hashCode}. What stood in is never kept, nor is a result that the breaker's
     * {@link CircuitBreaking#failWhen} refuses. Needs Caffeine ({@code com.github.ben-manes.caffeine:caffeine}) in the
     * application.
     */
    boolean lastGood() default false;

    /** How long a good value may stand in, in milliseconds; 1 to 604,800,000 (a week). */
    long ttlMillis() default 300_000;

    /** Good values kept; 1 to 1,000,000. With more, those least used are dropped. */
    int maxEntries() default 1_000;

    /** What it stands in for, subclasses included. */
    Class<? extends Throwable>[] on() default Throwable.class;

    /** What it does not, subclasses included; wins over {@link #on}. Interruption and cancellation never. */
    Class<? extends Throwable>[] exceptOn() default {};

    /** Whether it stands in for rejected calls alone, and failures reach the caller. */
    boolean onlyWhenOpen() default false;

    /** The default of {@link #handler}: there is none. */
    final class None implements FallbackHandler<Object> {
        private None() {}

        @Override
        public Object handle(FailedCall call) {
            throw new UnsupportedOperationException("no handler");
        }
    }
}
