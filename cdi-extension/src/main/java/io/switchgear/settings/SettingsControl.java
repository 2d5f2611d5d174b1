package io.switchgear.settings;

import java.util.function.UnaryOperator;

/**
 * Changes settings while calls are running. Every change is told, with who made it; asking for what already is changes
 * and tells nothing.
 *
 * @param <S> the settings
 * @since 0.1
 */
public interface SettingsControl<S extends TunableSettings<S>> {
    /**
     * Changes the settings, all at once.
     *
     * @param change from the settings in force to those wanted; may be run more than once
     * @return the settings in force after it
     * @throws InvalidSettingsException if the outcome is no valid settings; nothing has changed then
     */
    S update(UnaryOperator<S> change);

    /**
     * Puts the settings back to what they were before they last changed; again, to what they were before that. The last
     * 20 changes can be undone, {@link #revertSettings} included.
     *
     * @return the settings in force after it
     * @throws IllegalStateException if no change is left to undo
     */
    S undoLastChange();

    /**
     * Puts the settings back to {@link Tunable#configuredSettings}.
     *
     * @return the settings in force after it
     */
    S revertSettings();
}
