package io.switchgear.breaker;

import io.switchgear.Setting;
import io.switchgear.Settings;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the settings in force came to differ from those configured.
 *
 * @param by who changed each setting that differs
 * @param before the settings before the last change; {@code null} if there was none that is still known
 * @param previous the changes before the last one
 */
record Changes(Map<Setting, String> by, Settings before, Changes previous) {
    static final Changes NONE = new Changes(Map.of(), null, null);
    private static final int KEPT = 20;

    /** After one more. */
    Changes and(Settings before, Settings after, Settings configured, String who) {
        Map<Setting, String> changedBy = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (!setting.of(after).equals(setting.of(configured))) {
                boolean changed = !setting.of(after).equals(setting.of(before));
                changedBy.put(setting, changed ? who : by.get(setting));
            }
        }
        return new Changes(Collections.unmodifiableMap(changedBy), before, last(KEPT - 1));
    }

    private Changes last(int kept) {
        return new Changes(by, kept == 0 ? null : before, kept == 0 || before == null ? null : previous.last(kept - 1));
    }

    /** What differs, in words. */
    static String text(Settings before, Settings after) {
        return Arrays.stream(Setting.values())
                .filter(setting -> !setting.of(before).equals(setting.of(after)))
                .map(setting -> setting.attributeName() + " from " + setting.of(before) + " to " + setting.of(after))
                .collect(Collectors.joining(", "));
    }
}
