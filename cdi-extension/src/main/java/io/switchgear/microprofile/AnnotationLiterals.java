// SPDX-License-Identifier: Apache-2.0
package io.switchgear.microprofile;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Creates annotations of any type from the values of their members. */
final class AnnotationLiterals {
    private AnnotationLiterals() {}

    /** Returns an annotation whose other members have their defaults. Equal to itself alone. */
    static <A extends Annotation> A of(Class<A> type, Map<String, ?> members) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "annotationType" -> type;
                    case "toString" -> "@" + type.getName() + members;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> value(method, members);
                }));
    }

    private static Object value(Method member, Map<String, ?> members) {
        Object value = members.get(member.getName());
        return value == null ? member.getDefaultValue() : value;
    }
}
