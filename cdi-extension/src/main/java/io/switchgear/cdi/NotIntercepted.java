// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The methods of a class that containers call without interceptors. */
final class NotIntercepted {
    // by name, as not every container has EJB; these methods are never called through a proxy
    private static final Set<String> CALLBACKS = Set.of(
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy",
            "jakarta.ejb.AfterBegin",
            "jakarta.ejb.AfterCompletion",
            "jakarta.ejb.BeforeCompletion",
            "jakarta.ejb.PostActivate",
            "jakarta.ejb.PrePassivate",
            "jakarta.inject.Inject",
            "jakarta.interceptor.AroundConstruct",
            "jakarta.interceptor.AroundInvoke",
            "jakarta.interceptor.AroundTimeout");

    // these may be private and are intercepted nevertheless
    private static final Set<String> TIMERS =
            Set.of("jakarta.ejb.Schedule", "jakarta.ejb.Schedules", "jakarta.ejb.Timeout");

    private final boolean sessionBean;
    private final String asClass;

    NotIntercepted(AnnotatedType<?> type, boolean sessionBean) {
        this.sessionBean = sessionBean;
        this.asClass = asClass(type);
    }

    /** Returns the kind of class none of whose methods is intercepted; empty if this is not such a class. */
    String asClass() {
        return asClass;
    }

    private static String asClass(AnnotatedType<?> type) {
        if (isInterceptor(type)) {
            return "an interceptor";
        }
        if (isAnnotated(type, Set.of("jakarta.decorator.Decorator"))) {
            return "a decorator";
        }
        if (type.getJavaClass().isEnum()) {
            return "an enum";
        }
        if (type.getJavaClass().isRecord()) {
            return "a record";
        }
        return Stream.<Class<?>>iterate(type.getJavaClass(), Objects::nonNull, Class::getSuperclass)
                        .anyMatch(each -> each.getName().equals("jakarta.servlet.http.HttpServlet"))
                ? "a servlet"
                : "";
    }

    /** Returns why an annotation has no effect on a method, and the cure; empty if it has. */
    String why(AnnotatedMethod<?> method) {
        if (!asClass.isEmpty()) {
            return "a method of " + asClass + ", which is called without interceptors; move the code to a CDI bean";
        }
        int modifiers = method.getJavaMember().getModifiers();
        if (Modifier.isStatic(modifiers) || (Modifier.isPrivate(modifiers) && !isAnnotated(method, TIMERS))) {
            return "a " + Modifier.toString(modifiers & (Modifier.PRIVATE | Modifier.STATIC))
                    + " method; make it an instance method that is not private";
        }
        if (sessionBean && !Modifier.isPublic(modifiers) && !isAnnotated(method, TIMERS)) {
            return "a method of a session bean that is not public; make it public";
        }
        return callback(method)
                .map(callback -> "a method with @" + callback + ", which containers call without interceptors; move the"
                        + " code to a method of another bean")
                .orElse("");
    }

    /** Returns the annotation by which containers call a method themselves. */
    static Optional<String> callback(AnnotatedMethod<?> method) {
        return method.getAnnotations().stream()
                .map(Annotation::annotationType)
                .filter(type -> CALLBACKS.contains(type.getName()))
                .map(Class::getSimpleName)
                .findFirst();
    }

    /** Returns whether a class is an interceptor. */
    static boolean isInterceptor(AnnotatedType<?> type) {
        return isAnnotated(type, Set.of("jakarta.interceptor.Interceptor"));
    }

    /** Returns whether there is one of these annotations, given by name. */
    static boolean isAnnotated(Annotated element, Set<String> names) {
        return element.getAnnotations().stream()
                .anyMatch(
                        annotation -> names.contains(annotation.annotationType().getName()));
    }
}
