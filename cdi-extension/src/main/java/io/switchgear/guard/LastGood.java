package io.switchgear.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchgear.FallbackSettings;
import io.switchgear.breaker.Ticker;
import java.time.Duration;
import java.util.Arrays;

/** The last good values of a method, by its arguments. The one class that needs Caffeine. */
public final class LastGood {
    /** Stands for null, which a cache cannot hold. */
    private static final Object NOTHING = new Object();

    /** Arguments that are equal one by one; arrays among them if their elements are. */
    @SuppressWarnings("ArrayRecordComponent") // what a record does with it is overridden
    private record Key(Object... arguments) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.deepEquals(arguments, key.arguments);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(arguments);
        }

        @Override
        public String toString() {
            return Arrays.deepToString(arguments);
        }
    }

    private final Cache<Key, Object> values;

    /** @param ticker tells the age of values */
    public LastGood(FallbackSettings settings, Ticker ticker) {
        values = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMillis(settings.ttlMillis()))
                .maximumSize(settings.maxEntries())
                .ticker(ticker::nanos)
                // not on threads of the common pool, which would outlive the application
                .executor(Runnable::run)
                .build();
    }

    /** Whether there is a cache to keep values in. */
    public static boolean isAvailable() {
        try {
            Class.forName("com.github.benmanes.caffeine.cache.Caffeine", false, LastGood.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    void put(Object[] arguments, Object value) {
        values.put(new Key(arguments.clone()), value == null ? NOTHING : value);
    }

    /** The value, or {@code otherwise} if there is none that is young enough. */
    Object get(Object[] arguments, Object otherwise) {
        Object value = values.getIfPresent(new Key(arguments));
        return value == null ? otherwise : value == NOTHING ? null : value;
    }

    void tune(FallbackSettings settings) {
        values.policy().expireAfterWrite().orElseThrow().setExpiresAfter(Duration.ofMillis(settings.ttlMillis()));
        values.policy().eviction().orElseThrow().setMaximum(settings.maxEntries());
    }

    long size() {
        return values.estimatedSize();
    }
}
