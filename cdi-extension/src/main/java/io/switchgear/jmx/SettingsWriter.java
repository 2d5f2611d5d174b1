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

/** Changes settings as a console asks for it, whole or not at all, and has them saved where that is wanted. */
record SettingsWriter<S extends TunableSettings<S>>(Tunable<S> tunable, SavedSettings saved) {
    /**
     * Changes settings.
     *
     * @return those in force after it
     * @throws IllegalArgumentException if they are refused
     */
    S change(Map<Setting, ?> changes) {
        try {
            return saving(tuning -> tuning.update(present -> present.with(changes)));
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

    private S saving(Function<SettingsControl<S>, S> change) {
        S before = tunable.snapshot().settings();
        S after = change.apply(tunable.by(Caller.current()));
        // after everything else, since to save may take its time
        if (!tunable.snapshot().settings().equals(before)) {
            saved.changed(List.of(tunable));
        }
        return after;
    }

    /** In the words of a console, and without a class of ours, which clients do not have. */
    static IllegalArgumentException refusal(InvalidSettingsException refused) {
        return new IllegalArgumentException(Text.sentence(refused.messageNaming(Setting::attributeName)));
    }
}
