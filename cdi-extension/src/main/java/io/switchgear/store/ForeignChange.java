// SPDX-License-Identifier: Apache-2.0
package io.switchgear.store;

import io.switchgear.message.Message;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A change of saved settings by others, such as another node or an editor.
 *
 * @param store the store, for messages
 * @param author the author of the change
 * @param changed receives a sentence for each breaker or layer whose settings have changed
 * @param refused receives a sentence for each that refuses what is saved, and keeps its settings
 */
record ForeignChange(String store, String author, Consumer<String> changed, Consumer<String> refused) {
    /** Applies it to a breaker or layer as one set, given what was saved for that before and is saved now. */
    <S extends TunableSettings<S>> void apply(
            Tunable<S> tunable, Map<Setting, String> before, Map<Setting, String> now) {
        TunableSnapshot<S> present = tunable.snapshot();
        S configured = tunable.configuredSettings();
        Map<Setting, Object> moved = new EnumMap<>(Setting.class);
        List<String> kept = new ArrayList<>();
        for (Setting setting : Setting.of(configured.kind())) {
            String value = now.get(setting);
            if (Objects.equals(value, before.get(setting))
                    || SavedSettings.isInForce(setting, value, present.settings())) {
                continue;
            }
            if (isUnsaved(present, setting, before.get(setting))) {
                kept.add(setting.attributeName() + " is "
                        + present.settings().get(setting) + ", changed by "
                        + present.changedBy().get(setting) + ", and is now "
                        + (value == null ? "not" : value) + " saved in " + store);
            } else {
                moved.put(setting, value == null ? configured.get(setting) : value);
            }
        }
        String label = configured.kind().label(tunable.name());
        if (!kept.isEmpty()) {
            Message.CONFIGURATION_OVERRIDDEN.log(label, String.join("; ", kept));
        }
        try {
            AtomicReference<S> from = new AtomicReference<>(present.settings());
            S after = tunable.by(author).update(inForce -> {
                from.set(inForce);
                return inForce.with(stillAs(present.settings(), inForce, moved));
            });
            if (!after.equals(from.get())) {
                changed.accept(label + ": " + from.get().changesTo(after));
            }
        } catch (InvalidSettingsException contradiction) {
            refused.accept(label + " (" + store + "): " + contradiction.messageNaming(Setting::attributeName));
        }
    }

    /** Returns whether an operator has changed a setting since it was saved. */
    private static <S extends TunableSettings<S>> boolean isUnsaved(
            TunableSnapshot<S> present, Setting setting, String value) {
        String author = present.changedBy().get(setting);
        return author != null
                && !SavedSettings.isSaved(author)
                && !SavedSettings.isInForce(setting, value, present.settings());
    }

    /** Returns the values of the settings that no other thread has changed meanwhile. */
    private static <S extends TunableSettings<S>> Map<Setting, Object> stillAs(
            S before, S present, Map<Setting, Object> values) {
        Map<Setting, Object> still = new EnumMap<>(Setting.class);
        values.forEach((setting, value) -> {
            if (present.get(setting).equals(before.get(setting))) {
                still.put(setting, value);
            }
        });
        return still;
    }
}
