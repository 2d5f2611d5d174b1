// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.time.Ticker;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.Arrays;

/** The last good values of a method, by its arguments. The only class of this library that needs Caffeine. */
public final class LastGoodValues {
    /** The error message where last good values are needed but not {@linkplain #isAvailable available}. */
    public static final String ABSENT = "lastGood needs Caffeine, which is not there; add"
            + " com.github.ben-manes.caffeine:caffeine to the application, where this library is";

    /** Represents null, which a cache cannot hold. */
    private static final Object NOTHING = new Object();

    /**
     * A copy of the arguments, compared one by one; arrays by their elements. Copied before the call, since the
     * elements of an array may change, as callers clear passwords.
     */
    static final class Key {
        private final Object[] arguments;
        private final int hash;

        Key(Object... arguments) {
            this.arguments = Arrays.stream(arguments).map(Key::copied).toArray();
            this.hash = Arrays.deepHashCode(this.arguments);
        }

        private static Object copied(Object argument) {
            if (argument instanceof Object[] several) {
                return Arrays.stream(several).map(Key::copied).toArray();
            }
            if (argument == null || !argument.getClass().isArray()) {
                return argument;
            }
            int length = Array.getLength(argument);
            Object copy = Array.newInstance(argument.getClass().getComponentType(), length);
            System.arraycopy(argument, 0, copy, 0, length);
            return copy;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && hash == key.hash && Arrays.deepEquals(arguments, key.arguments);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final Cache<Key, Object> values;

    /** @param ticker measures the age of values */
    public LastGoodValues(FallbackSettings settings, Ticker ticker) {
        values = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMillis(settings.ttlMillis()))
                .maximumSize(settings.maxEntries())
                .ticker(ticker::nanos)
                // not on threads of the common pool, which outlive the application
                .executor(Runnable::run)
                .build();
    }

    /** Returns whether Caffeine is present. */
    public static boolean isAvailable() {
        try {
            Class.forName("com.github.benmanes.caffeine.cache.Caffeine", false, LastGoodValues.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    void put(Key key, Object value) {
        values.put(key, value == null ? NOTHING : value);
    }

    /** Returns the value, or {@code otherwise} if there is no value or it has expired. */
    Object get(Key key, Object otherwise) {
        Object value = values.getIfPresent(key);
        return value == null ? otherwise : value == NOTHING ? null : value;
    }

    void settingsChanged(FallbackSettings settings) {
        values.policy().expireAfterWrite().orElseThrow().setExpiresAfter(Duration.ofMillis(settings.ttlMillis()));
        values.policy().eviction().orElseThrow().setMaximum(settings.maxEntries());
    }

    long size() {
        return values.estimatedSize();
    }
}
