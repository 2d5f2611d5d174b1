// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects a breaker by its name: {@code @Inject @NamedBreaker("users") CircuitBreaker users}. If no breaker has this
 * name, it is created with default settings, as changed by configuration. Code can look a breaker up with an
 * {@code Instance} and a {@link Literal}, or with {@link CircuitBreakers#find}. A look-up that gives no name, such as
 * one by {@code BeanManager.getReference}, throws an {@link IllegalArgumentException}.
 *
 * @since 0.1
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
public @interface NamedBreaker {
    /** Returns the breaker's name; 1 to 200 characters. */
    @Nonbinding
    String value();

    /** An instance of the qualifier, for look-ups in code. */
    final class Literal extends AnnotationLiteral<NamedBreaker> implements NamedBreaker {
        private static final long serialVersionUID = 1L;
        private final String value;

        /**
         * Creates an instance.
         *
         * @param value the breaker's name
         */
        public Literal(String value) {
            this.value = value;
        }

        @Override
        public String value() {
            return value;
        }
    }
}
