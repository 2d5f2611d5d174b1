// SPDX-License-Identifier: Apache-2.0
package io.switchgear.microprofile;

import io.switchgear.config.ForeignProperties;
import io.switchgear.config.ForeignProperties.Property;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of one annotation: what is configured, else what is written. Those that cannot be read are collected
 * as problems.
 */
final class Parameters {
    private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

    private final Annotation annotation;
    private final List<String> prefixes;
    private final ForeignProperties properties;
    private final List<String> problems;
    private final Map<String, String> origins = new HashMap<>();

    /** @param prefixes the beginnings of the keys, the strongest first */
    Parameters(Annotation annotation, List<String> prefixes, ForeignProperties properties, List<String> problems) {
        this.annotation = annotation;
        this.prefixes = prefixes;
        this.properties = properties;
        this.problems = problems;
    }

    /** Adds a problem with this annotation. */
    void problem(String sentence) {
        problems.add("@" + annotation.annotationType().getSimpleName() + " " + sentence);
    }

    /** Returns the key and source of a parameter that is configured; {@code null} if none of these is. */
    String origin(String... names) {
        return Arrays.stream(names)
                .map(origins::get)
                .filter(origin -> origin != null)
                .findFirst()
                .orElse(null);
    }

    private Optional<Property> configured(String name) {
        Optional<Property> found = prefixes.stream()
                .map(prefix -> properties.find(prefix + name))
                .flatMap(Optional::stream)
                .findFirst();
        found.ifPresent(value -> origins.put(name, value.origin()));
        return found;
    }

    int count(String name) {
        return (Integer) value(name);
    }

    double ratio(String name) {
        return (Double) value(name);
    }

    String text(String name) {
        return (String) value(name);
    }

    Class<?> type(String name) {
        return (Class<?>) value(name);
    }

    @SuppressWarnings("unchecked") // checked when they were loaded, or by the compiler
    Class<? extends Throwable>[] throwables(String name) {
        return (Class<? extends Throwable>[]) value(name);
    }

    /** Returns a duration in milliseconds, rounded up; adds a problem if it is negative. */
    long millis(String name, String unitName) {
        long amount = (Long) value(name);
        ChronoUnit unit = (ChronoUnit) value(unitName);
        if (amount < 0) {
            problem(name + " must be >= 0 but was " + amount + from(name));
            return 0;
        }
        try {
            Duration duration = unit.getDuration().multipliedBy(amount);
            return Math.min(MAX_MILLIS, duration.plusNanos(999_999).toMillis());
        } catch (ArithmeticException huge) {
            return MAX_MILLIS;
        }
    }

    /** Returns the source of a parameter, for messages; empty if it is written in the annotation. */
    String from(String name) {
        String origin = origin(name);
        return origin == null ? "" : ", from " + origin;
    }

    private Object value(String name) {
        try {
            var member = annotation.annotationType().getMethod(name);
            Object written = member.invoke(annotation);
            return configured(name)
                    .map(found -> parsed(found, member.getReturnType(), written))
                    .orElse(written);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(annotation + " has no " + name, impossible);
        }
    }

    private Object parsed(Property found, Class<?> type, Object written) {
        try {
            return parsed(found.value(), type);
        } catch (IllegalArgumentException | ClassNotFoundException | LinkageError | ClassCastException wrong) {
            problem(found.origin() + " must be " + wanted(type) + " but was \"" + found.value() + "\"");
            return written;
        }
    }

    private static Object parsed(String value, Class<?> type) throws ClassNotFoundException {
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        if (type == long.class) {
            return Long.valueOf(value);
        }
        if (type == double.class) {
            return Double.valueOf(value);
        }
        if (type == ChronoUnit.class) {
            return ChronoUnit.valueOf(value.toUpperCase(Locale.ROOT));
        }
        if (type == Class.class) {
            return loaded(value);
        }
        return type == String.class ? value : loadedThrowables(value);
    }

    private static Object loadedThrowables(String value) throws ClassNotFoundException {
        String[] names = value.split(",", -1);
        Object types = Array.newInstance(Class.class, names.length);
        for (int i = 0; i < names.length; i++) {
            Array.set(types, i, loaded(names[i].strip()).asSubclass(Throwable.class));
        }
        return types;
    }

    private static Class<?> loaded(String name) throws ClassNotFoundException {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return Class.forName(name, false, application == null ? Parameters.class.getClassLoader() : application);
    }

    private static String wanted(Class<?> type) {
        if (type == ChronoUnit.class) {
            return "one of "
                    + Arrays.stream(ChronoUnit.values()).map(Enum::name).toList();
        }
        if (type == Class.class) {
            return "the name of a class";
        }
        return type.isArray() ? "names of throwables, separated by commas" : "a number";
    }
}
