// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The changes that led from the configured settings to those in force.
 *
 * @param changedBy the author of each setting that differs from the configured one
 * @param before the settings before the last change; {@code null} if no change is left to undo
 * @param previous the history before the last change
 */
public record SettingsHistory<S extends TunableSettings<S>>(
        Map<Setting, String> changedBy, S before, SettingsHistory<S> previous) {
    /** The message of an undo where {@link #before} is {@code null}. */
    public static final String NOTHING_TO_UNDO = "no change of settings is left to undo";

    private static final int MAX_UNDOS = 20;

    /** Returns a history without changes. */
    public static <S extends TunableSettings<S>> SettingsHistory<S> none() {
        return new SettingsHistory<>(Map.of(), null, null);
    }

    /** Returns the history after one more change. */
    public SettingsHistory<S> and(S before, S after, S configured, String who) {
        Map<Setting, String> authors = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.of(configured.kind())) {
            if (!after.get(setting).equals(configured.get(setting))) {
                boolean changed = !after.get(setting).equals(before.get(setting));
                authors.put(setting, changed ? who : changedBy.get(setting));
            }
        }
        return new SettingsHistory<>(Collections.unmodifiableMap(authors), before, last(MAX_UNDOS - 1));
    }

    private SettingsHistory<S> last(int kept) {
        return new SettingsHistory<>(
                changedBy, kept == 0 ? null : before, kept == 0 || before == null ? null : previous.last(kept - 1));
    }
}
