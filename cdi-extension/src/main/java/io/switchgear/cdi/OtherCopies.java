// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Annotations of another copy of this library, in another archive of the application. This copy cannot apply them, and
 * GlassFish starts only one copy. Each copy therefore records that it was started, and the others ask it: the container
 * starts all extensions before it looks at a bean.
 */
final class OtherCopies {
    private static final Set<String> NAMES =
            GuardedMethods.ANNOTATIONS.keySet().stream().map(Class::getName).collect(Collectors.toSet());

    private static volatile boolean started;

    private OtherCopies() {}

    /** Records that this copy was started. */
    static void begin() {
        started = true;
    }

    // called by other copies
    static boolean isStarted() {
        return started;
    }

    /** Returns one sentence for a bean with such annotations; none for all others. */
    static List<String> warnings(AnnotatedType<?> type) {
        return Stream.concat(Stream.of(type), type.getMethods().stream())
                .flatMap(OtherCopies::annotations)
                .filter(kind -> NAMES.contains(kind.getName()) && !GuardedMethods.ANNOTATIONS.containsKey(kind))
                .filter(kind -> !isStarted(kind.getClassLoader()))
                .findFirst()
                .map(kind -> type.getJavaClass().getName() + " in " + Archive.of(type.getJavaClass()) + ": @"
                        + kind.getSimpleName()
                        + " is of another copy of this library, which the server has not started;"
                        + " it has no effect; put the library into lib of the EAR, and into none of its"
                        + " modules")
                .stream()
                .toList();
    }

    /** Returns whether the copy of a class loader was started; false if it cannot be asked. */
    private static boolean isStarted(ClassLoader loader) {
        try {
            Method asked =
                    Class.forName(OtherCopies.class.getName(), true, loader).getDeclaredMethod("isStarted");
            asked.setAccessible(true);
            return (boolean) asked.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherRelease) {
            return false;
        }
    }

    private static Stream<Class<? extends Annotation>> annotations(Annotated annotated) {
        return annotated.getAnnotations().stream().map(Annotation::annotationType);
    }
}
