// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps changed settings across restarts of an application. Stores only settings that were changed, by the name of
 * their breaker, retry, fallback or service. Implementations must be safe for use by multiple threads.
 *
 * <p>Every method throws {@link java.io.UncheckedIOException} if the store cannot be read or written, with a message
 * that names the store, the operation, the reason and the cure. Settings that were saved before are kept then.
 *
 * @since 0.1
 */
public interface SettingsStore {
    /**
     * Returns the saved settings, by name. A breaker and its retry, fallback and service may share a name.
     *
     * <p>Values are text as in configuration, and each is valid for its setting. As a whole they may still contradict
     * each other, or settings that are not saved.
     */
    Map<String, Map<Setting, String>> load();

    /**
     * Replaces the saved settings of these names, and keeps those of others.
     *
     * @param byName as from {@link #load}; a name without settings has no saved settings afterwards
     * @throws InvalidSettingsException if a value is not valid for its setting; nothing is saved then
     */
    void save(Map<String, Map<Setting, String>> byName);

    /**
     * Deletes the saved settings of some names.
     *
     * @param name accepts the names
     * @return the accepted names that had saved settings
     */
    Set<String> forget(Predicate<String> name);

    /** Returns the location for messages, such as {@code file /srv/shop/breakers.properties}. */
    String description();
}
