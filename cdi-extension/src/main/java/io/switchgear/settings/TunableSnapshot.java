package io.switchgear.settings;

import java.util.Map;

/**
 * What can be seen of the settings of something that can be tuned; all of it at one moment.
 *
 * @param <S> the settings
 * @since 0.1
 */
public interface TunableSnapshot<S extends TunableSettings<S>> {
    /** What identifies it among those of its kind in the application. */
    String name();

    /** The settings in force. */
    S settings();

    /** Who changed each setting that is not as in {@link Tunable#configuredSettings}. */
    Map<Setting, String> changedBy();

    /** The last change that somebody made: when, what and by whom, in a line; {@code null} before the first. */
    String lastChange();
}
