// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;
import io.switchgear.status.CircuitState;

/**
 * Breakers by key, created on demand: one for each called host or for each tenant, for example. Their number is
 * bounded. Safe for use by many threads.
 *
 * <p>Eviction: new keys evict idle breakers. A breaker is idle after ten minutes without calls, rejected ones included,
 * or after {@link BreakerSettings#windowMillis} if that is longer and {@link TripOn#TIME_WINDOW} applies. Calls in
 * flight keep it for an hour more at most, as they may never end. A breaker is never evicted while it is
 * {@link CircuitState#OPEN}, so that an eviction never ends a rejection; while its mode is not
 * {@link BreakerMode#AUTOMATIC}; or while its settings are not as configured. A half-open one that is idle is evicted:
 * otherwise keys that fail and are never called again would hold their places for ever.
 *
 * <p>A key whose breaker was evicted gets a new one, closed and with all counters at zero. Calls that still use the
 * evicted one are judged by that one and do not affect the new one.
 *
 * <p>If the maximum is reached and no breaker can be evicted, further keys share one additional breaker with the key
 * {@code *}. It counts their calls and rejects none: its mode is {@link BreakerMode#OBSERVING}. Intentional: these keys
 * have nothing in common, so the failures of one must not reject the calls of another. An operator may force it open or
 * closed; when that ends, it observes again. Reaching the maximum is logged at most once an hour.
 *
 * <p>Keys may come from untrusted sources: no number of them exceeds the bound, and none affects another. A key that is
 * not valid is refused. A breaker that code creates under the full name of a key is shared with that key; leave names
 * that begin with the name of the group and a slash to the keys. Transitions of the breakers of a group are at most 20
 * lines a minute in the log; the next line has the number of those left out.
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
     * @param key the key; not blank, not {@code *}, without control or invisible characters, and so short that the
     *     breaker's name has at most 200 characters
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
