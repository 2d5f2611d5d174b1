// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.switchgear.settings.FallbackSettings;
import io.switchgear.time.Ticker;
import java.time.Duration;

/** The last good values of a method, by its arguments. The only class of this library that needs Caffeine. */
public final class LastGoodValues {
    /** The error message where last good values are needed but not {@linkplain #isAvailable available}. */
    public static final String ABSENT = "lastGood needs Caffeine, which is not there; add"
            + " com.github.ben-manes.caffeine:caffeine to the application, where this library is";

    /**
     * A value and the time when it was stored. Intentional: Caffeine's own expiry only makes room. It counts from the
     * write before if that was less than a second earlier, so a value would be gone too early.
     */
    private record Kept(Object value, long atNanos) {}

    /** Added to the time after which Caffeine may remove a value, because of its tolerance. */
    private static final long TOLERANCE_MILLIS = 1_000;

    private final Cache<ArgumentKey, Kept> values;
    private final Ticker ticker;
    private volatile long ttlNanos;

    /** @param ticker measures the age of values */
    public LastGoodValues(FallbackSettings settings, Ticker ticker) {
        this.ticker = ticker;
        this.ttlNanos = settings.ttlMillis() * 1_000_000;
        values = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMillis(settings.ttlMillis() + TOLERANCE_MILLIS))
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

    void put(ArgumentKey key, Object value) {
        values.put(key, new Kept(value, ticker.nanos()));
    }

    /** Returns the value, or {@code otherwise} if there is no value or it has expired. */
    Object get(ArgumentKey key, Object otherwise) {
        Kept kept = values.getIfPresent(key);
        return kept == null || ticker.nanos() - kept.atNanos() >= ttlNanos ? otherwise : kept.value();
    }

    void settingsChanged(FallbackSettings settings) {
        ttlNanos = settings.ttlMillis() * 1_000_000;
        values.policy()
                .expireAfterWrite()
                .orElseThrow()
                .setExpiresAfter(Duration.ofMillis(settings.ttlMillis() + TOLERANCE_MILLIS));
        values.policy().eviction().orElseThrow().setMaximum(settings.maxEntries());
    }

    long size() {
        return values.estimatedSize();
    }
}
