// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Resolves the types of methods as seen from a class, which binds the type variables of its supertypes. */
final class TypeResolver {
    private final Map<Type, Type> bindings = new HashMap<>();

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

    /** Returns the classes of a hierarchy, the most derived first, then its interfaces. */
    static Set<Class<?>> hierarchy(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            all.add(each);
        }
        new ArrayList<>(all).forEach(each -> addInterfaces(each, all));
        return all;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
        for (Class<?> each : type.getInterfaces()) {
            all.add(each);
            addInterfaces(each, all);
        }
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

    /** Returns the erased type of the result or, if that is a stage or a future, of its value. */
    Class<?> valueOf(Method method) {
        Class<?> result = resultOf(method);
        if (!CompletionStage.class.isAssignableFrom(result) && !Future.class.isAssignableFrom(result)) {
            return result;
        }
        return method.getGenericReturnType() instanceof ParameterizedType of && of.getActualTypeArguments().length == 1
                ? erased(of.getActualTypeArguments()[0])
                : Object.class;
    }

    /** Returns whether there can be an object of both types; there is a value of each type for {@code void}. */
    static boolean mayMeet(Class<?> one, Class<?> other) {
        Class<?> left = boxed(one);
        Class<?> right = boxed(other);
        return other == void.class
                || left.isAssignableFrom(right)
                || right.isAssignableFrom(left)
                || (left.isInterface() && !Modifier.isFinal(right.getModifiers()))
                || (right.isInterface() && !Modifier.isFinal(left.getModifiers()));
    }

    /** Returns the erased type that is bound to the first type variable of {@code generic}. */
    Class<?> argumentOf(Class<?> generic) {
        return erased(generic.getTypeParameters()[0]);
    }

    /**
     * Returns whether a method that takes {@code wanted} can be called with a {@code given} of the same erased type, as
     * Java would decide by their type arguments.
     */
    boolean accepts(Type wanted, Type given) {
        Type to = bound(wanted);
        Type from = bound(given);
        if (to instanceof GenericArrayType toArray && from instanceof GenericArrayType fromArray) {
            return accepts(toArray.getGenericComponentType(), fromArray.getGenericComponentType());
        }
        if (to instanceof ParameterizedType toType && from instanceof ParameterizedType fromType) {
            Type[] arguments = fromType.getActualTypeArguments();
            return erased(to) != erased(from)
                    || IntStream.range(0, arguments.length)
                            .allMatch(i -> contains(toType.getActualTypeArguments()[i], arguments[i]));
        }
        return erased(to).isAssignableFrom(erased(from));
    }

    /** Returns whether one type argument contains another. */
    private boolean contains(Type wanted, Type given) {
        Type to = bound(wanted);
        Type from = bound(given);
        if (to instanceof WildcardType wildcard) {
            Type[] lower = wildcard.getLowerBounds();
            if (lower.length == 0) {
                return accepts(wildcard.getUpperBounds()[0], upper(from));
            }
            Type[] fromLower = from instanceof WildcardType other ? other.getLowerBounds() : new Type[] {from};
            return fromLower.length > 0 && accepts(fromLower[0], lower[0]);
        }
        if (to instanceof TypeVariable<?> variable && variable.getGenericDeclaration() instanceof Method) {
            // inferred for each call
            return accepts(variable.getBounds()[0], upper(from));
        }
        return !(from instanceof WildcardType)
                && erased(to) == erased(from)
                && accepts(to, from)
                && accepts(from, to)
                && to instanceof TypeVariable == from instanceof TypeVariable;
    }

    private static Type upper(Type type) {
        return type instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : type;
    }

    private Type bound(Type type) {
        Type bound = bindings.get(type);
        return bound == null || bound == type ? type : bound(bound);
    }

    /** Returns the types of the parameters as the class sees them, for messages. */
    String textOf(Method method) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(this::bound)
                .map(Type::getTypeName)
                .collect(Collectors.joining(", ", "(", ")"));
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
