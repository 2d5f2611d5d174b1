// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.FallbackSettings;
import io.switchgear.status.FallbackSnapshot;

/**
 * The fallback of a method or guard: its settings and totals.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface Fallbacks extends Layer<FallbackSettings> {
    /** Returns what replaces a failed call, such as {@code last good value, then method cached(long)}. */
    String description();

    @Override
    FallbackSnapshot snapshot();
}
