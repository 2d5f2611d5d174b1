// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The changes that led from the configured settings to those in force.
 *
 * @param configured the settings of code and configuration, which configuration may change while calls run
 * @param changedBy the author of each setting that differs from the configured one
 * @param before the settings before the last change; {@code null} if no change is left to undo
 * @param previous the history before the last change
 * @param byConfiguration whether configuration made the last change
 */
public record SettingsHistory<S extends TunableSettings<S>>(
        S configured, Map<Setting, String> changedBy, S before, SettingsHistory<S> previous, boolean byConfiguration) {
    /** The message of an undo where {@link #before} is {@code null}. */
    public static final String NOTHING_TO_UNDO = "no change of settings is left to undo";

    private static final int MAX_UNDOS = 20;

    /** Returns a history without changes. */
    public static <S extends TunableSettings<S>> SettingsHistory<S> none(S configured) {
        return new SettingsHistory<>(configured, Map.of(), null, null, false);
    }

    /** Returns the history after one more change. */
    public SettingsHistory<S> and(S present, S after, String who) {
        Map<Setting, String> authors = authors(
                configured,
                after,
                setting -> after.get(setting).equals(present.get(setting)) ? changedBy.get(setting) : who);
        return new SettingsHistory<>(configured, authors, present, last(MAX_UNDOS - 1), false);
    }

    private static <S extends TunableSettings<S>> Map<Setting, String> authors(
            S configured, S inForce, Function<Setting, String> author) {
        Map<Setting, String> authors = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(configured.kind())) {
            if (!inForce.get(setting).equals(configured.get(setting))) {
                authors.put(setting, author.apply(setting));
            }
        }
        return Collections.unmodifiableMap(authors);
    }

    // ---- configuration

    /**
     * Returns the settings in force after {@code next} became the configured ones: what was changed since is kept.
     *
     * @throws InvalidSettingsException if both contradict each other
     */
    public S onto(S next, S present) {
        Map<Setting, Object> kept = new EnumMap<>(Setting.class);
        changedBy.keySet().forEach(setting -> kept.put(setting, present.get(setting)));
        return next.with(kept);
    }

    /** Returns the history after {@code next} became the configured settings. It can be undone like other changes. */
    public SettingsHistory<S> configured(S next, S present, S after) {
        Map<Setting, String> authors = authors(next, after, changedBy::get);
        return after.equals(present)
                ? new SettingsHistory<>(next, authors, before, previous, byConfiguration)
                : new SettingsHistory<>(next, authors, present, last(MAX_UNDOS - 1), true);
    }

    // ---- undo

    /**
     * Returns the settings after the last change is undone. Where an operator replaced a configured value, the value
     * that is configured now is restored.
     */
    public S undone(S present) {
        Map<Setting, Object> restored = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(present.kind())) {
            if (!before.get(setting).equals(present.get(setting))) {
                boolean wasConfigured = !byConfiguration
                        && changedBy.containsKey(setting)
                        && !previous.changedBy().containsKey(setting);
                restored.put(setting, (wasConfigured ? configured : before).get(setting));
            }
        }
        try {
            return present.with(restored);
        } catch (InvalidSettingsException contradiction) {
            // what is configured now does not go with the other settings of that time
            return before;
        }
    }

    /**
     * Returns the history after the last change was undone.
     *
     * @param restored the settings from {@link #undone}
     * @param who the author of settings that differ from the configured ones because of this alone
     */
    public SettingsHistory<S> undo(S present, S restored, String who) {
        Map<Setting, String> authors = authors(
                configured,
                restored,
                setting -> restored.get(setting).equals(present.get(setting))
                        ? changedBy.get(setting)
                        : previous.changedBy().getOrDefault(setting, who));
        return new SettingsHistory<>(
                configured, authors, previous.before(), previous.previous(), previous.byConfiguration());
    }

    private SettingsHistory<S> last(int kept) {
        return new SettingsHistory<>(
                configured,
                changedBy,
                kept == 0 ? null : before,
                kept == 0 || before == null ? null : previous.last(kept - 1),
                byConfiguration);
    }
}
