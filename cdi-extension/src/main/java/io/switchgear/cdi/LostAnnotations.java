// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds annotations on the supertypes of a bean that the container does not apply to the bean: on interfaces, on
 * abstract methods, and on methods that the bean's class overrides.
 */
final class LostAnnotations {
    private final GuardedMethods methods;
    private final TypeResolver types;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    LostAnnotations(GuardedMethods methods, Class<?> beanClass) {
        this.methods = methods;
        this.types = new TypeResolver(beanClass);
        for (Class<?> above : TypeResolver.hierarchy(beanClass)) {
            if (above != beanClass && above != Object.class) {
                GuardedMethods.ANNOTATIONS.keySet().forEach(kind -> find(above, kind, problems));
                // never a problem: an application runs without a changed line
                methods.kindsOfMicroProfile().forEach(kind -> find(above, kind, warnings));
            }
        }
    }

    /** Returns one sentence for each annotation that can have no effect on any bean. */
    List<String> problems() {
        return problems;
    }

    /** Returns one sentence for each annotation that is lost since the bean's class overrides the method. */
    List<String> warnings() {
        return warnings;
    }

    private void find(Class<?> above, Class<? extends Annotation> kind, List<String> lost) {
        if (above.isInterface() && above.isAnnotationPresent(kind)) {
            methods.effective().stream()
                    .filter(method -> !methods.has(method, kind))
                    .filter(method -> Arrays.stream(above.getMethods())
                            .anyMatch(declared -> isOverride(method.getJavaMember(), declared)))
                    .forEach(method -> lost.add(text(method, kind, above.getTypeName())
                            + " has no effect on this bean; put it on the bean's class or method"));
        }
        for (Method declared : above.getDeclaredMethods()) {
            if (declared.isAnnotationPresent(kind) && !declared.isSynthetic()) {
                methods.effective().stream()
                        .filter(method -> !methods.has(method, kind))
                        .filter(method -> isOverride(method.getJavaMember(), declared))
                        .forEach(method -> add(method, kind, declared, lost));
            }
        }
    }

    private void add(AnnotatedMethod<?> method, Class<? extends Annotation> kind, Method above, List<String> lost) {
        String text = text(method, kind, above.getDeclaringClass().getTypeName() + "#" + above.getName());
        if (Modifier.isAbstract(above.getModifiers())) {
            lost.add(text + " has no effect on this bean; put it on the bean's method");
        } else {
            warnings.add(
                    text + " has no effect, as this method overrides that one; put it on this method if it needs it");
        }
    }

    private String text(AnnotatedMethod<?> method, Class<? extends Annotation> kind, String place) {
        return methods.nameOf(method) + ": @" + kind.getSimpleName() + " on " + place;
    }

    private boolean isOverride(Method own, Method above) {
        return !own.equals(above)
                && own.getName().equals(above.getName())
                && (above.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0
                && types.parametersOf(own).equals(types.parametersOf(above));
    }
}
