// SPDX-License-Identifier: Apache-2.0
package io.switchgear.store;

import io.switchgear.message.LogLimit;
import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsControl;
import io.switchgear.settings.SettingsStore;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changed settings of an application's breakers, retries, fallbacks and services, and the store that keeps them, if
 * there is one.
 *
 * <p>Intentional: settings are read and saved under one lock; otherwise, of two threads that save, the one with the
 * older values might write last. Changes themselves are made outside the lock. New breakers never need that lock, as a
 * store may be slow; what they need is in memory, under the lock of this object.
 */
public final class SavedSettings {
    private static final String NO_STORE =
            "there is no file to save settings in; configure switchgear.settings-file and start the application again";

    private static final String SAVED = "saved in ";
    private static final long MAX_WAIT_SECONDS = 10;
    private static final int MAX_NAMES = 3;

    // null if there is none
    private volatile SettingsStore store;
    // whether its owner applies what others have written to it; otherwise follow does
    private volatile boolean isManaged;
    private final boolean autosave;
    private final LogLimit failures = new LogLimit();
    // held while the store is used
    private final ReentrantLock storing = new ReentrantLock();
    // null as long as the store could not be read: its content must not be overwritten unseen
    private volatile Map<String, Map<Setting, String>> saved;
    // what the store had at the last look, if that has to be confirmed
    private Map<String, Map<Setting, String>> unconfirmed;
    // names whose saved WINDOW_CALLS are too long together with those of others; not in force, but kept in the store
    private final Set<String> ignoredWindows = new HashSet<>();
    // by name; breakers, retries and others of the same name are saved together
    private final Map<String, List<Tunable<?>>> known = new HashMap<>();

    private SavedSettings(SettingsStore store, boolean autosave) {
        this.store = store;
        this.autosave = autosave;
    }

    /** Creates an instance without a store: changes are in force until the application stops. */
    public static SavedSettings none() {
        SavedSettings none = new SavedSettings(null, false);
        none.saved = new TreeMap<>();
        return none;
    }

    /**
     * Creates an instance with a store and reads it. If that fails, a warning is logged, and nothing is loaded.
     *
     * @param autosave whether each change made through JMX is saved at once
     */
    public static SavedSettings in(SettingsStore store, boolean autosave) {
        SavedSettings settings = new SavedSettings(store, autosave);
        try {
            settings.read();
        } catch (UncheckedIOException unreadable) {
            Message.SAVED_SETTINGS_UNREADABLE.log(unreadable.getMessage());
        }
        return settings;
    }

    /**
     * Keeps settings in {@code added} from now on. Its owner applies what it has to what exists.
     *
     * @throws IllegalStateException if there is a store already
     * @throws UncheckedIOException if it cannot be read
     */
    public void keepIn(SettingsStore added) {
        storing.lock();
        try {
            if (store != null) {
                throw new IllegalStateException("settings are kept in " + description() + " already; remove"
                        + " switchgear.settings-file from configuration to keep them in " + added.description());
            }
            // before the store is there to be followed
            isManaged = true;
            store = added;
            read();
        } finally {
            storing.unlock();
        }
    }

    /** Reads the store again, and applies nothing to what exists. */
    public void reread() {
        lockStore();
        try {
            read();
        } finally {
            storing.unlock();
        }
    }

    /** Reads the store. */
    private void read() {
        accept(new TreeMap<>(store.load()));
    }

    /** Accepts what the store has. Ignores call windows that are too long together; the store keeps them. */
    private void accept(Map<String, Map<Setting, String>> loaded) {
        List<String> ignored = new ArrayList<>();
        long total = 0;
        for (var named : loaded.entrySet()) {
            long more = windowCalls(named.getValue());
            if (total + more > BreakerSettings.MAX_TOTAL_WINDOW_CALLS) {
                ignored.add(named.getKey());
            } else {
                total += more;
            }
        }
        boolean isNew;
        synchronized (this) {
            saved = loaded;
            isNew = !ignoredWindows.containsAll(ignored);
            ignoredWindows.clear();
            ignoredWindows.addAll(ignored);
        }
        if (isNew) {
            String names =
                    Text.first(MAX_NAMES, ignored.stream().map(Text::quoted).toList());
            Message.SAVED_WINDOWS_IGNORED.log(
                    Text.count(ignored.size(), "breaker") + " (" + names + ")",
                    description(),
                    BreakerSettings.MAX_TOTAL_WINDOW_CALLS);
        }
    }

    private static long windowCalls(Map<Setting, String> values) {
        try {
            String calls = values.get(Setting.WINDOW_CALLS);
            return calls == null ? 0 : ((Number) Setting.WINDOW_CALLS.parse(calls)).longValue();
        } catch (InvalidSettingsException refusedLater) {
            return 0;
        }
    }

    /** Returns the place where settings are kept; empty if there is none. */
    public String description() {
        return store == null ? "" : store.description();
    }

    /**
     * Applies the saved settings to something new; those that contradict others are left out. From then on it is saved
     * together with others of the same name.
     */
    public <S extends TunableSettings<S>> void applyTo(Tunable<S> tunable) {
        Map<Setting, String> found = savedFor(tunable);
        if (!found.isEmpty()) {
            SettingsControl<S> control = tunable.by(SAVED + description());
            try {
                control.update(present -> present.with(found));
            } catch (InvalidSettingsException contradiction) {
                applyCompatible(tunable.name(), control, found);
            }
        }
        // last: until it is known, its settings stay saved when those of a namesake are saved
        synchronized (this) {
            known.computeIfAbsent(tunable.name(), name -> new ArrayList<>()).add(tunable);
        }
    }

    /** Called after something was removed. Its saved settings stay saved. */
    public synchronized void removed(Tunable<?> tunable) {
        known.computeIfPresent(tunable.name(), (name, namesakes) -> {
            namesakes.remove(tunable);
            return namesakes.isEmpty() ? null : namesakes;
        });
    }

    /** Returns the saved values that a start applies to {@code tunable}, in a new map. */
    private synchronized Map<Setting, String> savedFor(Tunable<?> tunable) {
        String name = tunable.name();
        TunableKind kind = tunable.configuredSettings().kind();
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        savedUnder(name).forEach((setting, value) -> {
            if (setting.kind() == kind && !isIgnored(name, setting)) {
                values.put(setting, value);
            }
        });
        return values;
    }

    private Map<Setting, String> savedUnder(String name) {
        return saved == null ? Map.of() : saved.getOrDefault(name, Map.of());
    }

    private boolean isIgnored(String name, Setting setting) {
        return setting == Setting.WINDOW_CALLS && ignoredWindows.contains(name);
    }

    /** Returns whether there is a store, and it does not have the value of a setting that is in force. */
    public boolean isUnsaved(Tunable<?> tunable, Setting setting) {
        return store != null && !isInForce(setting, savedFor(tunable).get(setting), tunable.settings());
    }

    /** Returns whether a saved value, {@code null} for none, is that of the settings in force. */
    static boolean isInForce(Setting setting, String value, TunableSettings<?> inForce) {
        try {
            return value != null && setting.parse(value).equals(inForce.get(setting));
        } catch (InvalidSettingsException damaged) {
            return false;
        }
    }

    /** Returns whether a setting has its value from a store, and not from an operator who changed it. */
    public static boolean isSaved(String changedBy) {
        return changedBy.startsWith(SAVED);
    }

    /** Applies settings one by one, repeatedly, as one may be accepted only after another. */
    private <S extends TunableSettings<S>> void applyCompatible(
            String name, SettingsControl<S> control, Map<Setting, String> left) {
        Map<Setting, String> refusals = new EnumMap<>(Setting.class);
        int before;
        do {
            before = left.size();
            refusals.clear();
            left.entrySet().removeIf(each -> {
                try {
                    control.update(present -> present.with(Map.of(each.getKey(), each.getValue())));
                    return true;
                } catch (InvalidSettingsException contradiction) {
                    refusals.put(each.getKey(), contradiction.messageNaming(Setting::attributeName));
                    return false;
                }
            });
        } while (left.size() < before);
        refusals.values().forEach(refusal -> Message.SAVED_SETTING_IGNORED.log(name, description(), refusal));
    }

    // ---- while the application runs

    /**
     * Applies what others have written to the store since it was last read or written here. What an operator has
     * changed here without saving it stays in force. Does nothing if the owner of the store applies that.
     *
     * @param atOnce whether that has effect although no earlier look has found the same
     * @param changed receives a sentence for each breaker or layer whose settings have changed
     * @param refused receives a sentence for each that refuses what is saved, and keeps its settings
     * @return whether the next look has to confirm what this one found, or try again
     * @throws UncheckedIOException if the store cannot be read now
     */
    public boolean follow(boolean atOnce, Consumer<String> changed, Consumer<String> refused) {
        if (store == null || isManaged) {
            return false;
        }
        if (!storing.tryLock()) {
            return true;
        }
        try {
            Map<String, Map<Setting, String>> loaded = new TreeMap<>(store.load());
            boolean isConfirmed = atOnce || loaded.equals(unconfirmed);
            unconfirmed = null;
            if (loaded.equals(saved)) {
                return false;
            }
            if (!isConfirmed) {
                unconfirmed = loaded;
                return true;
            }
            Map<Tunable<?>, Map<Setting, String>> before = savedForAll();
            accept(loaded);
            ForeignChange change = new ForeignChange(description(), SAVED + description(), changed, refused);
            before.forEach((tunable, values) -> change.apply(tunable, values, savedFor(tunable)));
            return false;
        } finally {
            storing.unlock();
        }
    }

    private synchronized Map<Tunable<?>, Map<Setting, String>> savedForAll() {
        Map<Tunable<?>, Map<Setting, String>> all = new LinkedHashMap<>();
        known.values().forEach(namesakes -> namesakes.forEach(tunable -> all.put(tunable, savedFor(tunable))));
        return all;
    }

    // ---- saving

    /** Returns the settings that are not as configured. */
    public static Map<Setting, String> changes(Tunable<?> tunable) {
        TunableSettings<?> configured = tunable.configuredSettings();
        TunableSettings<?> present = tunable.settings();
        Map<Setting, String> changes = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(configured.kind())) {
            Object value = present.get(setting);
            if (!value.equals(configured.get(setting))) {
                changes.put(setting, value.toString());
            }
        }
        return changes;
    }

    /** Returns the settings that are not as configured, by name; without names that have none. */
    public static Map<String, Map<Setting, String>> changes(Collection<? extends Tunable<?>> tunables) {
        Map<String, Map<Setting, String>> changes = all(tunables);
        changes.values().removeIf(Map::isEmpty);
        return changes;
    }

    private static Map<String, Map<Setting, String>> all(Collection<? extends Tunable<?>> tunables) {
        Map<String, Map<Setting, String>> all = new LinkedHashMap<>();
        tunables.forEach(tunable -> all.computeIfAbsent(tunable.name(), name -> new EnumMap<>(Setting.class))
                .putAll(changes(tunable)));
        return all;
    }

    /**
     * Saves the settings that are not as configured; they replace those that were saved under the same names.
     *
     * @return where, how many settings and under how many names, in words
     * @throws IllegalStateException if there is no store, or it cannot be read or written
     */
    public String save(Collection<? extends Tunable<?>> tunables) {
        Map<String, Map<Setting, String>> all = writing(() -> {
            Map<String, Map<Setting, String>> present = withNamesakes(tunables);
            store.save(present);
            synchronized (this) {
                saved.putAll(present);
                // as the store will return it
                saved.values().removeIf(Map::isEmpty);
            }
            return present;
        });
        long changed =
                all.values().stream().filter(changes -> !changes.isEmpty()).count();
        int settings = all.values().stream().mapToInt(Map::size).sum();
        return SAVED + description() + ": settings " + settings + ", names " + changed;
    }

    /** Returns the changes of all things that have the names of {@code tunables}. */
    private synchronized Map<String, Map<Setting, String>> withNamesakes(Collection<? extends Tunable<?>> tunables) {
        Map<String, Map<Setting, String>> all = all(tunables);
        all.forEach((name, changes) -> {
            known.getOrDefault(name, List.of()).forEach(namesake -> changes.putAll(changes(namesake)));
            if (changes.containsKey(Setting.WINDOW_CALLS)) {
                ignoredWindows.remove(name);
            }
            keepUnapplied(name, kinds(name, tunables), changes);
        });
        return all;
    }

    private Set<TunableKind> kinds(String name, Collection<? extends Tunable<?>> tunables) {
        return Stream.concat(
                        tunables.stream().filter(tunable -> tunable.name().equals(name)),
                        known.getOrDefault(name, List.of()).stream())
                .map(tunable -> tunable.configuredSettings().kind())
                .collect(Collectors.toSet());
    }

    /** Keeps what is saved under this name for things that do not exist now, and what is ignored. */
    private void keepUnapplied(String name, Set<TunableKind> existing, Map<Setting, String> changes) {
        savedUnder(name).forEach((setting, value) -> {
            if (!existing.contains(setting.kind()) || isIgnored(name, setting)) {
                changes.put(setting, value);
            }
        });
    }

    /**
     * Forgets saved settings; the settings in force stay.
     *
     * @param name selects the names
     * @return the names under which settings were saved
     * @throws IllegalStateException if there is no store, or it cannot be read or written
     */
    public Set<String> forget(Predicate<String> name) {
        return writing(() -> {
            Set<String> forgotten = store.forget(name);
            synchronized (this) {
                saved.keySet().removeAll(forgotten);
            }
            return forgotten;
        });
    }

    private <T> T writing(Supplier<T> access) {
        if (store == null) {
            throw new IllegalStateException(NO_STORE);
        }
        lockStore();
        try {
            checkRead();
            return access.get();
        } catch (UncheckedIOException failed) {
            throw new IllegalStateException(failed.getMessage());
        } finally {
            storing.unlock();
        }
    }

    private void lockStore() {
        try {
            if (!storing.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("another request has been using " + description() + " for more than "
                        + MAX_WAIT_SECONDS + " s; try again later, and see to the disk and the network behind it");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another request was using " + description());
        }
    }

    /** Refuses to write over what was not read. */
    private void checkRead() {
        if (saved != null) {
            return;
        }
        read();
        throw new IllegalStateException("nothing was saved, since " + description() + " could not be read when"
                + " the application started, and what it says is not in force; now it can be: start the"
                + " application again, or save again to write over it");
    }

    /**
     * Saves settings after an operator changed them, if each change is saved. A failure is logged and undoes nothing.
     */
    public void changed(Collection<? extends Tunable<?>> tunables) {
        if (autosave && store != null) {
            try {
                save(tunables);
            } catch (IllegalStateException failed) {
                failures.log(Message.NOT_SAVED, failed.getMessage());
            }
        }
    }

    /**
     * Warns, when the application stops, of changes that the next start will not find. Compares them with what was read
     * and saved, as a store may be slow.
     */
    public void stopping(Collection<? extends Tunable<?>> tunables) {
        for (Tunable<?> tunable : tunables) {
            Map<Setting, String> kept = savedFor(tunable);
            if (!isSame(tunable, kept)) {
                Message.CHANGES_LOST.log(
                        tunable.configuredSettings().kind().label(tunable.name()), text(changes(tunable)), text(kept));
            }
        }
    }

    private static String text(Map<Setting, String> changes) {
        return changes.isEmpty()
                ? "as configured"
                : changes.entrySet().stream()
                        .map(change -> change.getKey().attributeName() + "=" + change.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** Returns whether a start with the saved settings leads to those in force. */
    private static boolean isSame(Tunable<?> tunable, Map<Setting, String> saved) {
        try {
            return tunable.configuredSettings().with(saved).equals(tunable.settings());
        } catch (InvalidSettingsException contradiction) {
            // it was logged at the start, and the settings that fit are in force
            return tunable.snapshot().changedBy().values().stream().allMatch(SavedSettings::isSaved);
        }
    }
}
