// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.CircuitBreaking;

/**
 * Binds the interceptor to methods that have other layers but no breaker.
 *
 * <p>Intentional: not one interceptor binding that all annotations share. Weld reads the annotations of an annotation
 * from the first of all classes of its name. If each web application of an EAR has this library, Weld would then bind
 * the interceptor of another application.
 */
final class NoBreaker {
    /** A name that no breaker can have. */
    private static final String NAME = "\0";

    static final CircuitBreaking INSTANCE = Bound.class.getAnnotation(CircuitBreaking.class);

    private NoBreaker() {}

    @CircuitBreaking(name = NAME)
    private static final class Bound {}

    /** Returns {@code annotation}, or {@code null} if it represents no breaker. */
    static CircuitBreaking unless(CircuitBreaking annotation) {
        return annotation == null || annotation.name().equals(NAME) ? null : annotation;
    }
}
