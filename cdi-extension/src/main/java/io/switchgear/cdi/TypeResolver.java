// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Resolves the types of methods as seen from a class, which binds the type variables of its supertypes. */
final class TypeResolver {
    private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

    /** @param seenFrom the class that binds the type variables */
    TypeResolver(Class<?> seenFrom) {
        bind(seenFrom);
    }

    private void bind(Class<?> type) {
        if (type == null) {
            return;
        }
        Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .forEach(above -> {
                    if (above instanceof ParameterizedType parameterized) {
                        TypeVariable<?>[] variables = ((Class<?>) parameterized.getRawType()).getTypeParameters();
                        for (int i = 0; i < variables.length; i++) {
                            bindings.put(variables[i], parameterized.getActualTypeArguments()[i]);
                        }
                    }
                    bind(erased(above));
                });
    }

    /** Returns the erased types of the parameters. */
    List<Class<?>> parametersOf(Method method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .<Class<?>>map(this::erased)
                .toList();
    }

    /** Returns the erased type of the result. */
    Class<?> resultOf(Method method) {
        return erased(method.getGenericReturnType());
    }

    /** Returns the erased type that is bound to the first type variable of {@code generic}. */
    Class<?> argumentOf(Class<?> generic) {
        return erased(generic.getTypeParameters()[0]);
    }

    private Class<?> erased(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            return erased(bound == null || bound == variable ? variable.getBounds()[0] : bound);
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(erased(array.getGenericComponentType()), 0).getClass();
        }
        return erased(((WildcardType) type).getUpperBounds()[0]);
    }

    /** Returns whether a {@code substitute} can be returned as a {@code wanted}; any type fits {@code void}. */
    static boolean fits(Class<?> substitute, Class<?> wanted) {
        return wanted == void.class || boxed(wanted).isAssignableFrom(boxed(substitute));
    }

    private static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
