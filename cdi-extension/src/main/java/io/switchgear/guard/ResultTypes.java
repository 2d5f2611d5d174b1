// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Which types of results do their work later, and which can be used only once. Those of libraries are known by name.
 */
public final class ResultTypes {
    private static final Set<String> PIPES = Set.of(
            "java.util.concurrent.Flow$Publisher",
            "java.util.stream.BaseStream",
            "org.reactivestreams.Publisher",
            "kotlinx.coroutines.flow.Flow",
            "io.smallrye.mutiny.Uni",
            "io.smallrye.mutiny.Multi",
            "io.reactivex.rxjava3.core.CompletableSource",
            "io.reactivex.rxjava3.core.MaybeSource",
            "io.reactivex.rxjava3.core.ObservableSource",
            "io.reactivex.rxjava3.core.SingleSource");
    private static final Set<String> SUPPLIERS = Set.of("java.util.concurrent.Callable", "java.util.function.Supplier");
    private static final Set<String> OF_THE_DATABASE = Set.of("java.sql.Blob", "java.sql.Clob", "java.sql.Array");
    /** Parameters by which a method gives its result when it has returned. */
    private static final Set<String> RECEIVERS =
            Set.of("kotlin.coroutines.Continuation", "jakarta.ws.rs.container.AsyncResponse");

    private ResultTypes() {}

    /** Returns whether a method, or the object that it returns, works after the method has returned, unseen here. */
    public static boolean worksLater(Method method) {
        return isAny(method.getReturnType(), PIPES)
                || isAny(method.getReturnType(), SUPPLIERS)
                || Arrays.stream(method.getParameterTypes()).anyMatch(type -> isAny(type, RECEIVERS));
    }

    /** Returns whether an object of this type, or an object in it, can be used only once, or only by one caller. */
    public static boolean isUsedOnce(Type type) {
        if (type instanceof Class<?> plain) {
            return isUsedOnce(plain);
        }
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            // a function returns a new object each time
            boolean holds = !raw.isAnnotationPresent(FunctionalInterface.class) && raw != Class.class;
            return isUsedOnce(raw)
                    || (holds
                            && Arrays.stream(parameterized.getActualTypeArguments())
                                    .anyMatch(ResultTypes::isUsedOnce));
        }
        return type instanceof WildcardType wildcard && isUsedOnce(wildcard.getUpperBounds()[0]);
    }

    private static boolean isUsedOnce(Class<?> type) {
        return AutoCloseable.class.isAssignableFrom(type)
                || Iterator.class.isAssignableFrom(type)
                || Enumeration.class.isAssignableFrom(type)
                || Spliterator.class.isAssignableFrom(type)
                || (Future.class.isAssignableFrom(type) && !CompletionStage.class.isAssignableFrom(type))
                || isAny(type, PIPES)
                || isAny(type, OF_THE_DATABASE);
    }

    /** Returns whether an object can be used only once, or only by one caller. */
    static boolean isUsedOnce(Object value) {
        Object content = value instanceof HttpResponse<?> response ? response.body() : value;
        return content != null && isUsedOnce(content.getClass());
    }

    private static boolean isAny(Class<?> type, Set<String> names) {
        return type != null
                && (names.contains(type.getName())
                        || Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                                .anyMatch(above -> isAny(above, names)));
    }
}
