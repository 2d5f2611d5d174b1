package io.switchgear;

import io.switchgear.settings.FallbackSettings;
import io.switchgear.status.FallbackSnapshot;

/**
 * What stands in for the failed calls of a method: its settings and totals.
 *
 * @since 0.1
 */
public interface Fallbacks extends Layer<FallbackSettings> {
    /** What stands in, in words: {@code last good value, then method cached(long)}. */
    String description();

    @Override
    FallbackSnapshot snapshot();
}
