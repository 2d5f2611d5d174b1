package io.switchgear.jmx;

import io.switchgear.InvalidSettingsException;
import io.switchgear.Setting;
import io.switchgear.Tunable;
import io.switchgear.TunableSettings;
import io.switchgear.Tuning;
import io.switchgear.message.Text;
import io.switchgear.store.SavedSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Changes settings as a console asks for it, whole or not at all, and has them saved where that is wanted. */
record Tuner<S extends TunableSettings<S>>(Tunable<S> tunable, SavedSettings saved) {
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
        return saving(Tuning::undoLastChange);
    }

    S revert() {
        return saving(Tuning::revertSettings);
    }

    private S saving(Function<Tuning<S>, S> change) {
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
