package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything about a fallback that can be tuned, as one immutable value. Each change takes effect with the next call.
 *
 * @param onlyWhenOpen whether it stands in for rejected calls alone, and failures reach the caller; default
 *     {@code false}
 * @param ttlMillis how long a good value may stand in; 1 to 604,800,000 (a week), default 300,000. Live: counts for
 *     those already kept
 * @param maxEntries good values kept; 1 to 1,000,000, default 1,000. Live: of more, those least used are dropped
 * @since 0.1
 */
public record FallbackSettings(boolean onlyWhenOpen, long ttlMillis, int maxEntries)
        implements TunableSettings<FallbackSettings> {
    private static final FallbackSettings DEFAULTS = new FallbackSettings(false, 300_000, 1_000);

    /**
     * Checks all of them.
     *
     * @throws InvalidSettingsException if a value is out of its range; names all that are
     */
    public FallbackSettings {
        List<String> problems = new ArrayList<>();
        Setting.TTL_MILLIS.check(ttlMillis, problems);
        Setting.MAX_ENTRIES.check(maxEntries, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** The defaults. */
    public static FallbackSettings defaults() {
        return DEFAULTS;
    }

    @Override
    public TunableKind kind() {
        return TunableKind.FALLBACK;
    }

    /** These with another {@link #onlyWhenOpen()}. */
    public FallbackSettings onlyWhenOpen(boolean value) {
        return with(Map.of(Setting.ONLY_WHEN_OPEN, value));
    }

    /** These with another {@link #ttlMillis()}. */
    public FallbackSettings ttlMillis(long value) {
        return with(Map.of(Setting.TTL_MILLIS, value));
    }

    /** {@link #ttlMillis()} as a duration. */
    public FallbackSettings ttl(Duration value) {
        return ttlMillis(SettingValue.millis(value));
    }

    /** These with another {@link #maxEntries()}. */
    public FallbackSettings maxEntries(int value) {
        return with(Map.of(Setting.MAX_ENTRIES, value));
    }
}
