// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings of a fallback, as one immutable value. A change takes effect with the next call.
 *
 * @param enabled whether failed calls are replaced; default {@code true}. While it is {@code false}, callers get all
 *     failures, and last good values are neither kept nor used. Live: values kept before are used again when it becomes
 *     {@code true}, unless they have expired
 * @param onlyWhenOpen whether the fallback applies to rejected calls alone, and callers get all other failures; default
 *     {@code false}
 * @param ttlMillis how long a last good value may be used; 1 to 604,800,000 (a week), default 300,000. Live: applies to
 *     kept values too
 * @param maxEntries maximum number of last good values kept; 1 to 1,000,000, default 1,000. Live: beyond this the least
 *     used are evicted
 * @since 0.1
 */
public record FallbackSettings(boolean enabled, boolean onlyWhenOpen, long ttlMillis, int maxEntries)
        implements TunableSettings<FallbackSettings> {
    private static final FallbackSettings DEFAULTS = new FallbackSettings(true, false, 300_000, 1_000);

    /**
     * Creates settings, and checks them.
     *
     * @throws InvalidSettingsException if a value is out of range; the message names each
     */
    public FallbackSettings {
        List<String> problems = new ArrayList<>();
        Setting.TTL_MILLIS.check(ttlMillis, problems);
        Setting.MAX_ENTRIES.check(maxEntries, problems);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Returns the defaults. */
    public static FallbackSettings defaults() {
        return DEFAULTS;
    }

    @Override
    public TunableKind kind() {
        return TunableKind.FALLBACK;
    }

    /** Returns these settings with another {@link #enabled()}. */
    public FallbackSettings enabled(boolean value) {
        return with(Map.of(Setting.FALLBACK_ENABLED, value));
    }

    /** Returns these settings with another {@link #onlyWhenOpen()}. */
    public FallbackSettings onlyWhenOpen(boolean value) {
        return with(Map.of(Setting.ONLY_WHEN_OPEN, value));
    }

    /** Returns these settings with another {@link #ttlMillis()}. */
    public FallbackSettings ttlMillis(long value) {
        return with(Map.of(Setting.TTL_MILLIS, value));
    }

    /** Returns these settings with another {@link #ttlMillis()}, as a duration that is rounded up to a millisecond. */
    public FallbackSettings ttl(Duration value) {
        return ttlMillis(SettingValue.millis(value));
    }

    /** Returns these settings with another {@link #maxEntries()}. */
    public FallbackSettings maxEntries(int value) {
        return with(Map.of(Setting.MAX_ENTRIES, value));
    }
}
