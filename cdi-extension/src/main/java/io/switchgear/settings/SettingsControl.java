// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.util.function.UnaryOperator;

/**
 * Changes settings while calls are running. Every change is reported, with its author. A request for what is already in
 * force changes nothing and is not reported.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @param <S> the settings
 * @since 0.1
 */
public interface SettingsControl<S extends TunableSettings<S>> {
    /**
     * Changes the settings atomically.
     *
     * @param change returns the new settings, given those in force; may be called more than once
     * @return the settings in force after the change
     * @throws InvalidSettingsException if {@code change} creates settings that are not valid; nothing has changed then
     */
    S update(UnaryOperator<S> change);

    /**
     * Undoes the last change that is not undone yet. The last 20 changes can be undone, {@link #revertSettings} and
     * changes by configuration included. Where an operator replaced a configured value, the value that is configured
     * now is restored.
     *
     * @return the settings in force after the change
     * @throws IllegalStateException if no change is left to undo
     */
    S undoLastChange();

    /**
     * Restores {@link Tunable#configuredSettings}.
     *
     * @return the settings in force after the change
     */
    S revertSettings();
}
