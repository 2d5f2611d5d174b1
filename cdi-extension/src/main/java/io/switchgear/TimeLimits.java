// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.TimeLimitSettings;
import io.switchgear.status.TimeLimitSnapshot;

/**
 * The time limit of all methods and guards that share a name: settings and totals.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface TimeLimits extends Layer<TimeLimitSettings> {
    @Override
    TimeLimitSnapshot snapshot();
}
