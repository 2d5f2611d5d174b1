package io.switchgear.settings;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where settings are kept that somebody changed while the application ran, so that they survive it: by name only the
 * settings that were changed. May be called by several threads at once.
 *
 * <p>Every method throws {@link java.io.UncheckedIOException} if the place cannot be read or written, with a message
 * that names it, what was tried, why it failed and the cure. What was saved before is then still there.
 *
 * @since 0.1
 */
public interface SettingsStore {
    /**
     * What is saved, by the names of breakers and of what stands around them: settings of several kinds may share a
     * name. Values are text as in configuration, and each is one that its setting takes. Together they may still
     * contradict each other or the settings that are not saved.
     */
    Map<String, Map<Setting, String>> load();

    /**
     * Replaces what is saved under these names. What is saved under others stays.
     *
     * @param byName as from {@link #load}; without a setting for a name, nothing is saved under it any more
     * @throws InvalidSettingsException if a value is none that its setting takes; nothing is saved then
     */
    void save(Map<String, Map<Setting, String>> byName);

    /**
     * Forgets what is saved under some names.
     *
     * @param name tells which
     * @return the names of those that had something saved
     */
    Set<String> forget(Predicate<String> name);

    /** Where this is, for people: {@code file /srv/shop/breakers.properties}. */
    String description();
}
