package io.switchgear.settings;

/**
 * Something with settings that can be changed while calls are running.
 *
 * @param <S> the settings
 * @since 0.1
 */
public interface Tunable<S extends TunableSettings<S>> {
    /** What identifies it among those of its kind in the application. */
    String name();

    /** The settings it was made with, from code and configuration: those that {@code revertSettings} leads back to. */
    S configuredSettings();

    /** All that can be seen of it at this moment. Reading changes nothing. */
    TunableSnapshot<S> snapshot();

    /**
     * The way to change it in the hands of somebody: what is done through it is told, logged and shown as theirs.
     *
     * @param who as it is to be shown; shortened to 200 characters on one line
     * @throws IllegalArgumentException if it is blank
     */
    SettingsControl<S> by(String who);
}
