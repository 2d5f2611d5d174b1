// SPDX-License-Identifier: Apache-2.0
package io.switchgear.store;

import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A store in memory that fails while it is broken. */
final class Shelf implements SettingsStore {
    final Map<String, Map<Setting, String>> kept = new HashMap<>();
    boolean broken;

    private void check() {
        if (broken) {
            throw new UncheckedIOException(new IOException("the shelf has come down"));
        }
    }

    @Override
    public Map<String, Map<Setting, String>> load() {
        check();
        return Map.copyOf(kept);
    }

    @Override
    public void save(Map<String, Map<Setting, String>> byBreaker) {
        check();
        kept.putAll(byBreaker);
        kept.values().removeIf(Map::isEmpty);
    }

    @Override
    public Set<String> forget(Predicate<String> breaker) {
        check();
        Set<String> names = kept.keySet().stream().filter(breaker).collect(Collectors.toSet());
        kept.keySet().removeAll(names);
        return names;
    }

    @Override
    public String description() {
        return "a shelf";
    }
}
