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
 * Injects a breaker by its name: {@code @Inject @NamedBreaker("users") CircuitBreaker users}. If no annotated method
 * has a breaker of this name, one is made from the default settings and what is configured for it.
 *
 * @since 0.1
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
public @interface NamedBreaker {
    /** The breaker's name, 1 to 200 characters. */
    @Nonbinding
    String value();

    /** As a qualifier in code. */
    final class Literal extends AnnotationLiteral<NamedBreaker> implements NamedBreaker {
        private static final long serialVersionUID = 1L;
        private final String value;

        /** @param value the breaker's name */
        public Literal(String value) {
            this.value = value;
        }

        @Override
        public String value() {
            return value;
        }
    }
}
