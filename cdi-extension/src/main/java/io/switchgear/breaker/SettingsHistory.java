package io.switchgear.breaker;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the settings in force came to differ from those configured.
 *
 * @param by who changed each setting that differs
 * @param before the settings before the last change; {@code null} if there was none that is still known
 * @param previous the changes before the last one
 */
public record SettingsHistory<S extends TunableSettings<S>>(
        Map<Setting, String> by, S before, SettingsHistory<S> previous) {
    /** What there is to say where {@link #before} is {@code null} and somebody wants it back. */
    public static final String NOTHING_TO_UNDO = "no change of settings is left to undo";

    private static final int KEPT = 20;

    /** None yet. */
    public static <S extends TunableSettings<S>> SettingsHistory<S> none() {
        return new SettingsHistory<>(Map.of(), null, null);
    }

    /** After one more. */
    public SettingsHistory<S> and(S before, S after, S configured, String who) {
        Map<Setting, String> changedBy = new EnumMap<>(Setting.class);
        for (Setting setting : configured.kind().settings()) {
            if (!setting.of(after).equals(setting.of(configured))) {
                boolean changed = !setting.of(after).equals(setting.of(before));
                changedBy.put(setting, changed ? who : by.get(setting));
            }
        }
        return new SettingsHistory<>(Collections.unmodifiableMap(changedBy), before, last(KEPT - 1));
    }

    private SettingsHistory<S> last(int kept) {
        return new SettingsHistory<>(
                by, kept == 0 ? null : before, kept == 0 || before == null ? null : previous.last(kept - 1));
    }
}
