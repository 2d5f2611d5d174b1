// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.BreakerSettings;
import io.switchgear.status.BreakerAttention;
import io.switchgear.status.CircuitTransition;
import io.switchgear.status.StatusReport;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The breakers of an application. Inject it to read, control or create breakers in code.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface CircuitBreakers {
    /** Returns all breakers, sorted by name. */
    List<CircuitBreaker> all();

    /** Returns the breaker with this name; empty if there is none. */
    Optional<CircuitBreaker> find(String name);

    /**
     * Returns the breaker with this name.
     *
     * @throws NoSuchElementException if no breaker has this name; the message lists the names that code gives, and the
     *     names of keyed breakers without their keys
     */
    CircuitBreaker get(String name);

    /**
     * Creates a breaker and registers its MBean. Configured and saved settings of this name apply, as for breakers of
     * annotations. If the name has a breaker already, returns it, provided that it was created with equal settings and
     * an equal rule.
     *
     * @param name 1 to 200 characters, not blank and without {@code *}, control or invisible characters
     * @param settings the settings, where configuration has no others for this name
     * @param rule decides which outcomes are failures
     * @throws IllegalArgumentException if the name, or a value configured for it, is not valid, or if the name belongs
     *     to a breaker with other settings or another rule
     */
    CircuitBreaker create(String name, BreakerSettings settings, FailureRule rule);

    /**
     * Creates a breaker for which every throwable is a failure; otherwise like {@link #create(String, BreakerSettings,
     * FailureRule)}.
     */
    default CircuitBreaker create(String name, BreakerSettings settings) {
        return create(name, settings, FailureRule.ANY);
    }

    /**
     * Returns a builder of a guard: a breaker, retries and a fallback around calls, each of them optional.
     *
     * @param name the name of its layers; 1 to 200 characters, not blank and without {@code *}, control or invisible
     *     characters
     * @param <T> the result type of its calls
     */
    <T> Guard.Builder<T> guard(String name);

    /**
     * Creates breakers by key, each on the first use of its key; idle ones are evicted. If the name has keyed breakers
     * already, returns those, provided that they were created with the same {@code maxKeys}, equal settings and an
     * equal rule.
     *
     * @param name the first part of the names of the breakers; 1 to 198 characters, not blank and without {@code *},
     *     control or invisible characters
     * @param maxKeys maximum number of breakers, not counting the one that further keys share; 1 to 100,000, and times
     *     {@code windowCalls} at most {@link BreakerSettings#MAX_TOTAL_WINDOW_CALLS}
     * @param settings the settings of each breaker, where configuration has no others
     * @param rule decides which outcomes are failures
     * @throws IllegalArgumentException if the name, or a value configured for it, is not valid, if the name belongs to
     *     other keyed breakers or begins with the name of others and a slash, or the other way round, or if
     *     {@code maxKeys} is out of range
     */
    KeyedBreakers perKey(String name, int maxKeys, BreakerSettings settings, FailureRule rule);

    /**
     * Creates breakers by key for which every throwable is a failure; otherwise like {@link #perKey(String, int,
     * BreakerSettings, FailureRule)}.
     */
    default KeyedBreakers perKey(String name, int maxKeys, BreakerSettings settings) {
        return perKey(name, maxKeys, settings, FailureRule.ANY);
    }

    /**
     * Removes a breaker that was {@linkplain #create created} in code, and its MBean. Calls that still use the breaker
     * are judged by it as before.
     *
     * @return whether there was such a breaker
     * @throws IllegalArgumentException if the breaker guards methods, or is used by a service or an injection point of
     *     its name; also if it belongs to a guard, which has to be closed instead, or to keyed breakers; see
     *     {@link KeyedBreakers#remove}
     */
    boolean remove(String name);

    /**
     * Registers a listener for the transitions of all breakers, present and future ones. It receives those of each
     * breaker once and in order, as with {@link CircuitBreaker#listen}.
     *
     * @return a handle; run it to remove the listener
     */
    Runnable listen(Consumer<? super CircuitTransition> listener);

    /**
     * Returns the status of all breakers. Also detects breakers that need attention, and notifies the listeners of
     * {@link #listenForAttention} of what has changed since the previous report.
     */
    StatusReport report();

    /**
     * Registers a listener, called once when a breaker begins to need the attention of an operator, and once when it
     * needs it no longer. Detected only by {@link #report}; call it periodically, as the timer of the ejb-module does.
     *
     * @return a handle; run it to remove the listener
     */
    Runnable listenForAttention(Consumer<? super BreakerAttention> listener);
}
