// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.TunableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Merges what the sources have now into the configuration in force. Where it is refused, the entry in force stays: an
 * invalid value, a key that is read at the start alone, and all defaults of a kind that contradict each other.
 */
final class NextConfiguration {
    private final Configuration present;
    private final ConfigSources now;
    private final Consumer<String> refused;

    private NextConfiguration(Configuration present, ConfigSources now, Consumer<String> refused) {
        this.present = present;
        this.now = now;
        this.refused = refused;
    }

    /**
     * Returns the configuration from now on; {@code present} itself if nothing has changed.
     *
     * @param refused receives a sentence for each refused entry, with its key, source, value and range
     */
    static Configuration after(Configuration present, ConfigSources now, Consumer<String> refused) {
        now.problems().forEach(refused);
        ConfigEntries found = new ConfigEntries(now.entries());
        found.problems().forEach(refused);
        Configuration next = new NextConfiguration(present, now, refused).accepted(found);
        next.wrongDefaults().forEach(refused);
        Set<TunableKind> contradicting = next.contradicting();
        Configuration agreeing = contradicting.isEmpty()
                ? next
                : merged(
                        present,
                        next,
                        key -> ConfigKeys.defaultOf(key)
                                .filter(setting -> contradicting.contains(setting.kind()))
                                .isPresent());
        return agreeing.entries().isSame(present.entries()) ? present : agreeing;
    }

    /** Returns {@code next} with the entries of {@code present} for some keys. */
    static Configuration merged(Configuration present, Configuration next, Predicate<String> kept) {
        List<ConfigEntry> merged = new ArrayList<>();
        for (String key : keys(present.entries(), next.entries())) {
            ConfigEntry entry = (kept.test(key) ? present : next).entries().exactly(key);
            if (entry != null) {
                merged.add(entry);
            }
        }
        return new Configuration(merged);
    }

    private static Set<String> keys(ConfigEntries one, ConfigEntries other) {
        Set<String> keys = new TreeSet<>(one.keys());
        keys.addAll(other.keys());
        return keys;
    }

    private Configuration accepted(ConfigEntries found) {
        List<ConfigEntry> accepted = new ArrayList<>();
        for (String key : keys(present.entries(), found)) {
            ConfigEntry entry = accepted(key, present.entries().exactly(key), found.exactly(key));
            if (entry != null) {
                accepted.add(entry);
            }
        }
        return new Configuration(accepted);
    }

    /** Returns the entry from now on; {@code null} for none. */
    private ConfigEntry accepted(String key, ConfigEntry was, ConfigEntry found) {
        if (ConfigKeys.isFixed(key)) {
            if (found != null && (was == null || !was.value().equals(found.value()))) {
                refused.accept(found + " is read at the start alone, and from no followed file; set it elsewhere, and"
                        + " start the application again");
            }
            return was;
        }
        if (found == null) {
            return now.unreadable().contains(key) ? was : null;
        }
        String problem = problem(found);
        if (!problem.isEmpty()) {
            refused.accept(problem);
            return was;
        }
        return found;
    }

    private static String problem(ConfigEntry entry) {
        try {
            ConfigKeys.settingOf(entry.key()).ifPresent(setting -> setting.parse(entry.value()));
            return "";
        } catch (InvalidSettingsException invalid) {
            return invalid.messageNaming(member -> entry.toString());
        }
    }
}
