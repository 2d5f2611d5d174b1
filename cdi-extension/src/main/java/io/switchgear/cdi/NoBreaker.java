package io.switchgear.cdi;

import io.switchgear.CircuitBreaking;

/**
 * Binds the interceptor to methods that have no breaker, but something else to be guarded with. Intentional: not a
 * binding that all annotations have in common. Weld takes what an annotation is annotated with from the first of all
 * classes of its name, and so, where each web application of an EAR has this library, binds the interceptor of another
 * one.
 */
final class NoBreaker {
    /** A name that no breaker can have. */
    private static final String NAME = "\0";

    static final CircuitBreaking INSTANCE = Bound.class.getAnnotation(CircuitBreaking.class);

    private NoBreaker() {}

    @CircuitBreaking(name = NAME)
    private static final class Bound {}

    /** {@code annotation}, unless it stands for no breaker. */
    static CircuitBreaking unless(CircuitBreaking annotation) {
        return annotation == null || annotation.name().equals(NAME) ? null : annotation;
    }
}
