// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.fleet;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a stored value belongs to: a setting of a breaker, retry, fallback, service or other layer, or the mode of a
 * breaker. Texts, as stored, so that a key of a newer or older release is kept although it has no meaning here.
 *
 * @param kind the {@link TunableKind#word()}
 * @param name the name of the breaker or layer
 * @param setting the {@link Setting#key()}, or {@link #MODE}
 */
public record FleetKey(String kind, String name, String setting) {
    /** The {@link #setting} of a key that holds the mode of a breaker; its values are names of {@code BreakerMode}. */
    public static final String MODE = "mode";

    /** The {@link #setting} of a key that requests the reset of a breaker; its value is the same word. */
    public static final String RESET = "reset";

    /** Returns the key of a setting. */
    public static FleetKey of(String name, Setting setting) {
        return new FleetKey(setting.kind().word(), name, setting.key());
    }

    /** Returns the key of the mode of a breaker. */
    public static FleetKey ofMode(String name) {
        return new FleetKey(TunableKind.BREAKER.word(), name, MODE);
    }

    /** Returns the key that requests the reset of a breaker. */
    static FleetKey ofReset(String name) {
        return new FleetKey(TunableKind.BREAKER.word(), name, RESET);
    }

    /** Returns whether this is the key that requests a reset. */
    public boolean isReset() {
        return setting.equals(RESET) && kind.equals(TunableKind.BREAKER.word());
    }

    /** Returns whether this is the key of a mode. */
    public boolean isMode() {
        return setting.equals(MODE) && kind.equals(TunableKind.BREAKER.word());
    }

    /** Returns the kind; empty if this release has no such kind. */
    public Optional<TunableKind> knownKind() {
        return Arrays.stream(TunableKind.values())
                .filter(each -> each.word().equals(kind))
                .findFirst();
    }

    /** Returns the setting; empty if this is the key of a mode or a reset, or if this release has no such setting. */
    public Optional<Setting> knownSetting() {
        return knownKind().flatMap(each -> Setting.ofKey(each, setting));
    }

    /** Returns the key in words: {@code FailureThreshold of payments}, {@code MaxAttempts of retry payments}. */
    @Override
    public String toString() {
        String what = isMode() || isReset()
                ? Setting.attributeName(setting)
                : knownSetting().map(Setting::attributeName).orElse(setting);
        return what + " of " + knownKind().map(each -> each.label(name)).orElse(kind + " " + name);
    }
}
