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
 * The breakers of an application. Inject it to read or steer them from code, or to make more of them.
 *
 * @since 0.1
 */
public interface CircuitBreakers {
    /** All breakers, by name. */
    List<CircuitBreaker> all();

    /** The breaker of this name. */
    Optional<CircuitBreaker> find(String name);

    /**
     * The breaker of this name.
     *
     * @throws NoSuchElementException if there is none; names those that there are
     */
    CircuitBreaker get(String name);

    /**
     * Makes a breaker, with its MBean. What is configured for its name, or saved, holds as for those of annotations. If
     * there is one of this name, that one is answered, provided that it was made from the same.
     *
     * @param name 1 to 200 characters, not blank and without control characters
     * @param rule what counts as a failure
     * @throws IllegalArgumentException if the name, or what is configured for it, cannot be used, or is that of a
     *     breaker with other settings or another rule
     */
    CircuitBreaker create(String name, BreakerSettings settings, FailureRule rule);

    /**
     * Makes one for which every throwable is a failure; otherwise like {@link #create(String, BreakerSettings,
     * FailureRule)}.
     */
    default CircuitBreaker create(String name, BreakerSettings settings) {
        return create(name, settings, FailureRule.ANY);
    }

    /**
     * Begins a guard, which has more layers than a breaker, or others.
     *
     * @param name of its layers, 1 to 200 characters, not blank and without control characters
     * @param <T> what its calls answer
     */
    <T> Guard.Builder<T> guard(String name);

    /**
     * Makes breakers that come and go by key. If there are some of this name, those are answered, provided that they
     * were made from the same.
     *
     * @param name what their names begin with, 1 to 198 characters, not blank and without control characters
     * @param maxKeys how many there are at most, the one for keys beyond aside; 1 to 100,000
     * @param settings of each
     * @param rule what counts as a failure
     * @throws IllegalArgumentException if the name, or what is configured for it, cannot be used, or is that of keyed
     *     breakers made from something else; if {@code maxKeys} is out of its range
     */
    KeyedBreakers perKey(String name, int maxKeys, BreakerSettings settings, FailureRule rule);

    /**
     * Makes those for which every throwable is a failure; otherwise like {@link #perKey(String, int, BreakerSettings,
     * FailureRule)}.
     */
    default KeyedBreakers perKey(String name, int maxKeys, BreakerSettings settings) {
        return perKey(name, maxKeys, settings, FailureRule.ANY);
    }

    /**
     * Removes a breaker that was {@linkplain #create created} in code, and its MBean. Calls under it go on to be judged
     * by it.
     *
     * @return whether there was one
     * @throws IllegalArgumentException if it guards methods, or belongs to a guard or to keyed breakers, which are to
     *     be closed instead
     */
    boolean remove(String name);

    /**
     * Hears of the transitions of all breakers, those still to be made included: of each breaker's once and in order,
     * as with {@link CircuitBreaker#listen}.
     *
     * @return stops it
     */
    Runnable listen(Consumer<? super CircuitTransition> listener);

    /**
     * How all breakers stand. Looks for those that need a person, and tells those who listen for that of what is new
     * since somebody asked before.
     */
    StatusReport report();

    /**
     * Hears when a breaker begins to need a person and when it is over, each once. Nobody looks for that but
     * {@link #report}, so this hears nothing unless somebody, as the timer of the ejb-module, asks for reports.
     *
     * @return stops it
     */
    Runnable listenForAttention(Consumer<? super BreakerAttention> listener);
}
