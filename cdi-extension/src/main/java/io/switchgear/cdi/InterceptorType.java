// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.inject.spi.AnnotatedConstructor;
import jakarta.enterprise.inject.spi.AnnotatedField;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An interceptor class with annotations that its code does not have, such as a configured priority. Intentional: not
 * made by the configurator that the container returns for a class. Open Liberty finds the class by its name in the
 * whole application, so that two WARs of an EAR with a copy of this library each would have the interceptors of one
 * copy twice and of the other not at all. Nor completed when the container announces the type: OpenWebBeans then loses
 * the inherited methods.
 *
 * @param type must be created by the bean manager of this copy, which finds the class in its own archive
 */
record InterceptorType<T>(AnnotatedType<T> type, Set<Annotation> added) implements AnnotatedType<T> {
    @Override
    public Class<T> getJavaClass() {
        return type.getJavaClass();
    }

    @Override
    public Set<AnnotatedConstructor<T>> getConstructors() {
        return type.getConstructors();
    }

    @Override
    public Set<AnnotatedMethod<? super T>> getMethods() {
        return type.getMethods();
    }

    @Override
    public Set<AnnotatedField<? super T>> getFields() {
        return type.getFields();
    }

    @Override
    public Type getBaseType() {
        return type.getBaseType();
    }

    @Override
    public Set<Type> getTypeClosure() {
        return type.getTypeClosure();
    }

    @Override
    public Set<Annotation> getAnnotations() {
        return Stream.concat(type.getAnnotations().stream(), added.stream()).collect(Collectors.toSet());
    }

    @Override
    public <A extends Annotation> A getAnnotation(Class<A> kind) {
        return getAnnotations(kind).stream().findFirst().orElse(null);
    }

    @Override
    public <A extends Annotation> Set<A> getAnnotations(Class<A> kind) {
        return getAnnotations().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .collect(Collectors.toSet());
    }

    @Override
    public boolean isAnnotationPresent(Class<? extends Annotation> kind) {
        return getAnnotations().stream().anyMatch(kind::isInstance);
    }
}
