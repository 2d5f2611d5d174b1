// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import java.lang.annotation.Annotation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Collects problems with an annotation of a method. */
final class MethodProblems {
    private final GuardedMethod method;
    private final Annotation annotation;
    private final BiConsumer<GuardedMethod, String> problems;

    MethodProblems(GuardedMethod method, Annotation annotation, BiConsumer<GuardedMethod, String> problems) {
        this.method = method;
        this.annotation = annotation;
        this.problems = problems;
    }

    GuardedMethod method() {
        return method;
    }

    Annotation annotation() {
        return annotation;
    }

    TypeResolver types() {
        return new TypeResolver(method.beanClass());
    }

    /** Refuses a predicate that would fail for each result. */
    void refuseOtherPredicates(Class<? extends Predicate<?>> predicate) {
        Class<?> tested = new TypeResolver(predicate).argumentOf(Predicate.class);
        Class<?> value = types().valueOf(method.method());
        if (!TypeResolver.mayMeet(tested, value)) {
            add("failWhen must be a predicate on " + value.getTypeName() + ", which the method returns, but "
                    + predicate.getName() + " is one on " + tested.getTypeName());
        }
    }

    /** Adds a problem. */
    void add(String sentence) {
        problems.accept(method, "@" + method.nameOf(annotation) + " " + sentence);
    }

    /** Refuses other types of stages: the stage for the caller is created here, so its type must be known here. */
    void refuseOtherStages(Class<?> result) {
        if (method.microProfile() == null
                && CompletionStage.class.isAssignableFrom(result)
                && result != CompletionStage.class
                && result != CompletableFuture.class) {
            add("needs CompletionStage or CompletableFuture as the return type of an asynchronous method, but it was "
                    + result.getTypeName());
        }
    }
}
