package io.switchgear;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where settings are kept that somebody changed while the application ran, so that they survive it: for each breaker
 * only the settings that were changed. May be called by several threads at once.
 *
 * <p>Every method throws {@link java.io.UncheckedIOException} if the place cannot be read or written, with a message
 * that names it, what was tried, why it failed and the cure. What was saved before is then still there.
 *
 * @since 0.1
 */
public interface SettingsStore {
    /**
     * What is saved, by the breakers' names; values are text as in configuration, and each is one that its setting
     * takes. Together they may still contradict each other or the rest of a breaker's settings.
     */
    Map<String, Map<Setting, String>> load();

    /**
     * Replaces what is saved for these breakers. What is saved for others stays.
     *
     * @param byBreaker as from {@link #load}; without a setting for a breaker, nothing is saved for it any more
     * @throws InvalidSettingsException if a value is none that its setting takes; nothing is saved then
     */
    void save(Map<String, Map<Setting, String>> byBreaker);

    /**
     * Forgets what is saved for some breakers.
     *
     * @param breaker tells from a name whether it is one of them
     * @return the names of those that had something saved
     */
    Set<String> forget(Predicate<String> breaker);

    /** Where this is, for people: {@code file /srv/shop/breakers.properties}. */
    String description();
}
