package io.switchgear;

import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSettings;
import io.switchgear.status.SettingsChange;
import java.util.function.Consumer;

/**
 * What stands around a breaker in a guard, as far as it can be seen and tuned.
 *
 * @param <S> the settings
 * @since 0.1
 */
public interface Layer<S extends TunableSettings<S>> extends Tunable<S> {
    /** Which failures it has to do with: those that are retried, or stood in for. */
    FailureRule rule();

    /**
     * Hears of each change of settings, once and in order, on a thread of one of those who make changes and outside any
     * lock. What it throws is logged and harms nobody.
     */
    void listen(Consumer<? super SettingsChange> listener);
}
