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
 * abstract methods, and on methods that the bean's class overrides; and those on default methods where the container
 * does not intercept these.
 */
final class LostAnnotations {
    private final GuardedMethods methods;
    private final Class<?> beanClass;
    private final TypeResolver types;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    LostAnnotations(GuardedMethods methods, Class<?> beanClass) {
        this.methods = methods;
        this.beanClass = beanClass;
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
                    .forEach(method -> lost.add(text(methods.nameOf(method), kind, above.getTypeName())
                            + " has no effect on this bean; put it on the bean's class or method"));
        }
        for (Method declared : above.getDeclaredMethods()) {
            if (declared.isAnnotationPresent(kind) && !declared.isSynthetic()) {
                methods.effective().stream()
                        .filter(method -> !methods.has(method, kind))
                        .filter(method -> isOverride(method.getJavaMember(), declared))
                        .forEach(method -> add(method, kind, declared, lost));
            }
            if (declared.isDefault() && !declared.isSynthetic()) {
                addLeftOut(declared, kind, lost);
            }
        }
    }

    /** Adds a default method that the container does not intercept on any bean, as OpenWebBeans does. */
    private void addLeftOut(Method declared, Class<? extends Annotation> kind, List<String> lost) {
        boolean itself = declared.isAnnotationPresent(kind);
        if ((itself || methods.isOnClass(kind))
                && !methods.know(own -> own.equals(declared) || isOverride(own, declared))) {
            String place = itself ? placeOf(declared) : beanClass.getTypeName();
            (itself ? lost : warnings)
                    .add(text(GuardedMethod.fullName(beanClass, declared), kind, place)
                            + " has no effect, as this container does not intercept default methods of interfaces;"
                            + " override the method in the bean's class");
        }
    }

    private void add(AnnotatedMethod<?> method, Class<? extends Annotation> kind, Method above, List<String> lost) {
        String text = text(methods.nameOf(method), kind, placeOf(above));
        if (Modifier.isAbstract(above.getModifiers())) {
            lost.add(text + " has no effect on this bean; put it on the bean's method");
        } else {
            warnings.add(
                    text + " has no effect, as this method overrides that one; put it on this method if it needs it");
        }
    }

    private static String placeOf(Method annotated) {
        return annotated.getDeclaringClass().getTypeName() + "#" + annotated.getName();
    }

    private static String text(String method, Class<? extends Annotation> kind, String place) {
        return method + ": @" + kind.getSimpleName() + " on " + place;
    }

    private boolean isOverride(Method own, Method above) {
        return !own.equals(above)
                && own.getName().equals(above.getName())
                && (above.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) == 0
                && types.parametersOf(own).equals(types.parametersOf(above));
    }
}
