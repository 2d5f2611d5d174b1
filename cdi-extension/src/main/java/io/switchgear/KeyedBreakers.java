// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;

/**
 * Breakers by key, created on demand: one for each called host or for each tenant, for example. Their number is
 * bounded. Safe for use by many threads.
 *
 * <p>Eviction: new keys evict idle breakers. A breaker is idle after ten minutes without calls, or after
 * {@link BreakerSettings#windowMillis} if that is longer and {@link TripOn#TIME_WINDOW} applies. A breaker is never
 * evicted while calls are in flight, while it is not closed, while its mode is not {@link BreakerMode#AUTOMATIC}, or
 * while its settings are not as configured.
 *
 * <p>If the maximum is reached and no breaker can be evicted, further keys share one additional breaker with the key
 * {@code *}. This is logged once. Keys may come from untrusted sources: no number of them exceeds the bound or causes a
 * failure.
 *
 * <p>The name of a breaker is the name of the group, a slash and its key, such as {@code hosts/example.org}. Each
 * breaker has an MBean. Configuration of the group's name applies to all of them; configuration of a breaker's full
 * name takes precedence.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @see CircuitBreakers#perKey
 * @since 0.1
 */
public interface KeyedBreakers extends AutoCloseable {
    /** Returns the name of the group, the first part of the names of its breakers. */
    String name();

    /**
     * Returns the breaker for this key, created if there is none. Call this for every request; do not cache the result,
     * as evicted breakers are replaced. For a key with a breaker this takes no lock, reads no clock and writes nothing.
     *
     * @param key the key; not blank, without control characters, and so short that the breaker's name has at most 200
     *     characters
     * @throws IllegalArgumentException if the key, or a value configured for it, is not valid, or the name belongs to a
     *     different breaker
     * @throws IllegalStateException if this is closed
     */
    CircuitBreaker of(String key);

    /**
     * Removes the breaker for this key and its MBean, whatever its state. Calls that still use the breaker are judged
     * by it as before.
     *
     * @return whether there was such a breaker
     */
    boolean remove(String key);

    /** Removes all these breakers and their MBeans. May be called more than once. */
    @Override
    void close();
}
