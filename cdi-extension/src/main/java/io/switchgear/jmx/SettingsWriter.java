// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.message.Text;
import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsControl;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSettings;
import io.switchgear.store.SavedSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Changes settings for a console, all or none, and saves them if that is configured. */
record SettingsWriter<S extends TunableSettings<S>>(Tunable<S> tunable, SavedSettings saved) {
    /**
     * Changes settings.
     *
     * @return the settings in force afterwards
     * @throws IllegalArgumentException if the change is refused
     */
    S change(Map<Setting, ?> changes) {
        try {
            return saving(control -> control.update(present -> present.with(changes)));
        } catch (InvalidSettingsException refused) {
            throw refusal(refused);
        }
    }

    S undo() {
        return saving(SettingsControl::undoLastChange);
    }

    S revert() {
        return saving(SettingsControl::revertSettings);
    }

    /** Makes a change in another way; it is saved like the others. */
    S saving(Function<SettingsControl<S>, S> change) {
        S before = tunable.settings();
        S after = change.apply(tunable.by(Caller.current()));
        // last, as saving may take long
        if (!tunable.settings().equals(before)) {
            saved.changed(List.of(tunable));
        }
        return after;
    }

    /** Returns changes as text, as consoles send them. */
    static String text(Map<Setting, ?> changes) {
        return changes.entrySet().stream()
                .map(change -> change.getKey().attributeName() + "=" + change.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Returns the refusal with names of attributes, as a class of the JDK: clients have no class of this library. */
    static IllegalArgumentException refusal(InvalidSettingsException refused) {
        return new IllegalArgumentException(Text.sentence(refused.messageNaming(Setting::attributeName)));
    }
}
