package io.switchgear.store;

import io.switchgear.CircuitBreaker;
import io.switchgear.Controls;
import io.switchgear.InvalidSettingsException;
import io.switchgear.Setting;
import io.switchgear.SettingsStore;
import io.switchgear.message.Message;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The tuned settings of an application's breakers, and the store that keeps them, if there is one. */
public final class SavedSettings {
    private static final String NO_STORE =
            "there is no file to save settings in; configure switchgear.settings-file and start the application again";

    private static final String SAVED = "saved in ";

    private final SettingsStore store;
    private final boolean autosave;
    private final Map<String, Map<Setting, String>> atStart;

    private SavedSettings(SettingsStore store, boolean autosave, Map<String, Map<Setting, String>> atStart) {
        this.store = store;
        this.autosave = autosave;
        this.atStart = atStart;
    }

    /** In memory: what is tuned is in force until the application stops. */
    public static SavedSettings none() {
        return new SavedSettings(null, false, Map.of());
    }

    /**
     * Reads what is there; if that fails, a warning says so, and nothing is loaded.
     *
     * @param autosave whether each change is saved at once
     */
    public static SavedSettings in(SettingsStore store, boolean autosave) {
        try {
            return new SavedSettings(store, autosave, store.load());
        } catch (UncheckedIOException unreadable) {
            Message.SAVED_SETTINGS_UNREADABLE.log(unreadable.getMessage());
            return new SavedSettings(store, autosave, Map.of());
        }
    }

    /** Where settings are kept; empty if nowhere. */
    public String description() {
        return store == null ? "" : store.description();
    }

    /** Gives a new breaker the settings that were saved for it; those that contradict others are left out. */
    public void applyTo(CircuitBreaker breaker) {
        Map<Setting, String> saved = atStart.getOrDefault(breaker.name(), Map.of());
        if (saved.isEmpty()) {
            return;
        }
        Controls controls = breaker.by(SAVED + description());
        try {
            controls.update(present -> present.with(saved));
        } catch (InvalidSettingsException contradiction) {
            saved.forEach((setting, value) -> applyTo(breaker, controls, setting, value));
        }
    }

    /** Whether a setting has its value from here, rather than from somebody who changed it. */
    public static boolean isSaved(String changedBy) {
        return changedBy.startsWith(SAVED);
    }

    private void applyTo(CircuitBreaker breaker, Controls controls, Setting setting, String value) {
        try {
            controls.update(present -> present.with(Map.of(setting, value)));
        } catch (InvalidSettingsException contradiction) {
            Message.SAVED_SETTING_IGNORED.log(
                    breaker.name(), description(), contradiction.messageNaming(Setting::attributeName));
        }
    }

    /** What is not as configured. */
    public static Map<Setting, String> changes(CircuitBreaker breaker) {
        var snapshot = breaker.snapshot();
        Map<Setting, String> changes = new EnumMap<>(Setting.class);
        snapshot.changedBy()
                .keySet()
                .forEach(setting ->
                        changes.put(setting, setting.of(snapshot.settings()).toString()));
        return changes;
    }

    /** What is not as configured, by breaker; without those where all is. */
    public static Map<String, Map<Setting, String>> changes(Collection<? extends CircuitBreaker> breakers) {
        Map<String, Map<Setting, String>> changes = all(breakers);
        changes.values().removeIf(Map::isEmpty);
        return changes;
    }

    private static Map<String, Map<Setting, String>> all(Collection<? extends CircuitBreaker> breakers) {
        Map<String, Map<Setting, String>> all = new LinkedHashMap<>();
        breakers.forEach(breaker -> all.put(breaker.name(), changes(breaker)));
        return all;
    }

    /**
     * Saves what is not as configured, in place of what was saved for these breakers before.
     *
     * @return how many settings of how many breakers, and where, in words
     * @throws IllegalStateException if there is no store, or it cannot be written
     */
    public String save(Collection<? extends CircuitBreaker> breakers) {
        Map<String, Map<Setting, String>> all = all(breakers);
        writing(() -> {
            store.save(all);
            return null;
        });
        long changed =
                all.values().stream().filter(changes -> !changes.isEmpty()).count();
        int settings = all.values().stream().mapToInt(Map::size).sum();
        return settings + " settings of " + changed + " breakers saved in " + description();
    }

    /**
     * Forgets what is saved; the settings in force stay.
     *
     * @return the names of the breakers of which something was saved
     * @throws IllegalStateException if there is no store, or it cannot be written
     */
    public Set<String> forget(Predicate<String> breaker) {
        return writing(() -> store.forget(breaker));
    }

    private <T> T writing(Supplier<T> access) {
        if (store == null) {
            throw new IllegalStateException(NO_STORE);
        }
        try {
            return access.get();
        } catch (UncheckedIOException failed) {
            throw new IllegalStateException(failed.getMessage());
        }
    }

    /**
     * After a change: saves it where that is wanted. What goes wrong is logged; the change is in force all the same.
     */
    public void changed(Collection<? extends CircuitBreaker> breakers) {
        if (!autosave || store == null) {
            return;
        }
        try {
            store.save(all(breakers));
        } catch (UncheckedIOException failed) {
            Message.NOT_SAVED.log(failed.getMessage());
        }
    }

    /** When the application stops: warns of what the next start will not have. */
    public void stopping(Collection<? extends CircuitBreaker> breakers) {
        Map<String, Map<Setting, String>> saved = store == null ? Map.of() : in(store, autosave).atStart;
        for (CircuitBreaker breaker : breakers) {
            Map<Setting, String> changes = changes(breaker);
            if (!isSame(breaker, saved.getOrDefault(breaker.name(), Map.of()))) {
                Message.CHANGES_LOST.log(breaker.name(), changes.isEmpty() ? "as configured" : text(changes));
            }
        }
    }

    private static String text(Map<Setting, String> changes) {
        return changes.entrySet().stream()
                .map(change -> change.getKey().attributeName() + "=" + change.getValue())
                .collect(Collectors.joining(", "));
    }

    private static boolean isSame(CircuitBreaker breaker, Map<Setting, String> saved) {
        try {
            return breaker.configuredSettings()
                    .with(saved)
                    .equals(breaker.snapshot().settings());
        } catch (InvalidSettingsException contradiction) {
            return false;
        }
    }
}
