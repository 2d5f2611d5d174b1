// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.config.Configuration;
import io.switchgear.config.ForeignProperties;
import io.switchgear.message.Message;
import io.switchgear.microprofile.MicroProfileAnnotations;
import io.switchgear.microprofile.MicroProfileGuard;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether this library runs the annotations of MicroProfile Fault Tolerance, and those of the application if it does.
 *
 * <p>Unless {@code switchgear.microprofile} decides, it does if the application brings the API and no implementation.
 * An API that the server brings comes with the server's implementation, which then acts.
 */
final class MicroProfileMode {
    // null if the mode is off
    private final MicroProfileAnnotations annotations;
    private final int priority;
    // whether there may be another implementation
    private final boolean takesOver = !OptionalLibraries.aloneHaveFaultTolerance();
    private boolean logged;

    private MicroProfileMode(MicroProfileAnnotations annotations, int priority) {
        this.annotations = annotations;
        this.priority = priority;
    }

    /** Returns the mode of an application, and reports mistakes in its configuration. */
    static MicroProfileMode of(Configuration configuration, ClassLoader application, Consumer<String> problems) {
        boolean present = OptionalLibraries.haveFaultTolerance();
        if (configuration.microProfile().orElse(false) && !present) {
            problems.accept(
                    "switchgear.microprofile is true, but this library cannot load the API of MicroProfile Fault"
                            + " Tolerance; put microprofile-fault-tolerance-api into the same place as this library, or remove"
                            + " the key");
        }
        if (!present || !configuration.microProfile().orElseGet(OptionalLibraries::aloneHaveFaultTolerance)) {
            return new MicroProfileMode(null, 0);
        }
        try {
            var annotations = new MicroProfileAnnotations(ForeignProperties.of(application));
            return new MicroProfileMode(annotations, annotations.priority());
        } catch (IllegalArgumentException invalid) {
            problems.accept(invalid.getMessage());
            return new MicroProfileMode(null, 0);
        }
    }

    boolean isOn() {
        return annotations != null;
    }

    /** Returns the priority of the interceptor. */
    int priority() {
        return priority;
    }

    /** Takes the annotations of a type, if the mode is on. */
    void take(ProcessAnnotatedType<?> event) {
        if (annotations != null && annotations.take(event, MicroProfileGuarded.Literal.INSTANCE) && !logged) {
            logged = true;
            Message.MICROPROFILE_TAKEN.log();
        }
    }

    /** Returns whether a method has annotations of MicroProfile that this library runs. */
    boolean guards(Class<?> beanClass, Method method) {
        return annotations != null && annotations.apply(beanClass, method);
    }

    /** Returns the annotations of MicroProfile that this library runs; empty if the mode is off. */
    Set<Class<? extends Annotation>> kinds() {
        return annotations == null ? Set.of() : MicroProfileAnnotations.kinds();
    }

    /** Returns whether a method had an annotation of MicroProfile with this simple name. */
    boolean hasTaken(Class<?> beanClass, Method method, String simpleName) {
        return annotations != null && annotations.has(beanClass, method, simpleName);
    }

    /** Returns whether both this library and another implementation would act on a method. */
    boolean actsTwice(Class<?> beanClass, Method method) {
        return takesOver && annotations != null && annotations.areSeenByOthers(beanClass, method);
    }

    /** Returns the guard of a method; {@code null} if it has no annotations of MicroProfile. */
    MicroProfileGuard guard(Class<?> beanClass, Method method) {
        return guards(beanClass, method) ? annotations.of(beanClass, method) : null;
    }

    /** Returns the exception that fails a deployment. */
    static RuntimeException problem(String message, boolean ofMicroProfile) {
        // the cause: containers may pass on the message of another exception alone
        return ofMicroProfile ? MicroProfileAnnotations.definitionException(message) : new DefinitionException(message);
    }
}
