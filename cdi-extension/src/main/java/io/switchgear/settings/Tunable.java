// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

/**
 * A breaker, retry, fallback or HTTP service: its settings can be changed while calls are running.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @param <S> the settings
 * @since 0.1
 */
public interface Tunable<S extends TunableSettings<S>> {
    /** Returns the name, which is unique among those of its kind in the application. */
    String name();

    /**
     * Returns the settings of code and configuration, which {@link SettingsControl#revertSettings} restores. They
     * change while calls are running if configuration is followed ({@code switchgear.follow-seconds}).
     */
    S configuredSettings();

    /** Returns the settings in force. */
    S settings();

    /** Returns the settings and measured values of this moment. */
    TunableSnapshot<S> snapshot();

    /**
     * Returns controls that act in the name of an author: their changes are reported, logged and shown as made by
     * {@code who}.
     *
     * @param who the author's name, shown on one line and shortened to 200 characters. Names that begin with
     *     {@code configuration} or {@code saved in}, and {@code code}, are those of this library: a change in such a
     *     name is not stored as that of an operator. Put names of users that may begin so in quotes
     * @throws IllegalArgumentException if it is blank
     */
    SettingsControl<S> by(String who);
}
