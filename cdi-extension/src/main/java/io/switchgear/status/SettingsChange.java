// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.TunableSettings;
import java.time.Instant;

/**
 * One change of the settings of retries, a fallback or an HTTP service. Those of breakers are reported as a
 * {@link CircuitTransition}.
 *
 * @param name the name of the changed object
 * @param from the settings before
 * @param to the settings after
 * @param at the time of the change, by the wall clock
 * @param by the author of the change
 * @since 0.1
 */
public record SettingsChange(String name, TunableSettings<?> from, TunableSettings<?> to, Instant at, String by) {}
