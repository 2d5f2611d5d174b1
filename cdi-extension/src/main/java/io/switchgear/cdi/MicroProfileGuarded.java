// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds the guard to a method with annotations of MicroProfile Fault Tolerance, which it replaces. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MicroProfileGuarded {
    /** The annotation itself. */
    @SuppressWarnings("serial") // never serialized
    final class Literal extends AnnotationLiteral<MicroProfileGuarded> implements MicroProfileGuarded {
        static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
