// SPDX-License-Identifier: Apache-2.0
package io.switchgear.breaker;

import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.Tunable;
import io.switchgear.settings.TunableSettings;

/** A breaker or layer whose configured settings may change while calls are running. */
public interface Reconfigurable<S extends TunableSettings<S>> extends Tunable<S> {
    /**
     * Changes {@link #configuredSettings}, and with them all settings in force that were not changed otherwise, as one
     * set. Counters and windows are kept. A change of settings in force is reported like that of an operator, and can
     * be undone.
     *
     * @param who the author: the keys and the sources of the change
     * @throws InvalidSettingsException if {@code configured} contradicts settings that were changed otherwise; nothing
     *     has changed then
     */
    void configure(S configured, String who);
}
