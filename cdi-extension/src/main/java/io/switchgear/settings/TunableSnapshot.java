// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.util.Map;

/**
 * The settings of a breaker, retry, fallback or service at one moment, and their changes.
 *
 * @param <S> the settings
 * @since 0.1
 */
public interface TunableSnapshot<S extends TunableSettings<S>> {
    /** Returns the name, which is unique among those of its kind in the application. */
    String name();

    /** Returns the settings in force. */
    S settings();

    /** Returns the author of the last change of each setting that differs from {@link Tunable#configuredSettings}. */
    Map<Setting, String> changedBy();

    /** Returns the time, content and author of the last change, in a line; {@code null} before the first change. */
    String lastChange();
}
