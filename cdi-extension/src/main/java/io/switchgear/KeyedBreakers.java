package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.TripOn;
import io.switchgear.status.BreakerMode;

/**
 * Breakers that are made at run time, one for each key: for each host that is called, or for each tenant. There are
 * never more than a given number. A breaker goes when a new key comes and it has seen no call for ten minutes, or for
 * {@link BreakerSettings#windowMillis} where that is longer and {@link TripOn#TIME_WINDOW} judges; not while a call is
 * under it, while it is not closed, while its mode is not {@link BreakerMode#AUTOMATIC}, or while its settings are not
 * as configured. Safe for use by many threads.
 *
 * <p>When there is no room and none can go, the keys beyond share one breaker more, whose key is {@code *}; the log
 * tells of it once. Keys may come from outside: no number of them makes this grow or fail.
 *
 * <p>Each breaker is called by the name of all, a slash and its key, as in {@code hosts/example.org}, and has its
 * MBean. What is configured for the name of all holds for each of them; what is configured for its own name is
 * stronger.
 *
 * @see CircuitBreakers#perKey
 * @since 0.1
 */
public interface KeyedBreakers extends AutoCloseable {
    /** What the names of the breakers begin with. */
    String name();

    /**
     * The breaker for this key, made if there is none. To be asked with each call, as a breaker that was kept may be
     * another than the one that others get by then. For a key that has its breaker it takes no lock, reads no clock and
     * writes nothing.
     *
     * @param key not blank, without control characters, and not longer than makes a name of 200 characters
     * @throws IllegalArgumentException if the key, or what is configured for it, cannot be used, or its breaker's name
     *     is that of one made from something else
     * @throws IllegalStateException if these are closed
     */
    CircuitBreaker of(String key);

    /**
     * Removes the breaker for this key and its MBean, whatever its state. Calls under it go on to be judged by it.
     *
     * @return whether there was one
     */
    boolean remove(String key);

    /** Removes all of them and their MBeans. May be called more than once. */
    @Override
    void close();
}
