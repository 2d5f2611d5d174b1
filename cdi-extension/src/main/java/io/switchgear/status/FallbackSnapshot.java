package io.switchgear.status;

import io.switchgear.settings.FallbackSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSnapshot;
import java.util.Map;

/**
 * All that can be seen of a fallback at one moment. Totals count since it was made and never fall.
 *
 * @param name what identifies it
 * @param settings the settings in force
 * @param handled failed calls that its method or handler stood in for
 * @param failed failed calls for which its method or handler failed too
 * @param lastGoodHits failed calls that a last good value stood in for
 * @param lastGoodMisses failed calls for which there was none
 * @param lastGoodValues good values that are kept, some of which may be too old already
 * @param changedBy who changed each setting that is not as configured
 * @param lastChange the last change that somebody made, in a line, or {@code null} before the first
 * @since 0.1
 */
public record FallbackSnapshot(
        String name,
        FallbackSettings settings,
        long handled,
        long failed,
        long lastGoodHits,
        long lastGoodMisses,
        long lastGoodValues,
        Map<Setting, String> changedBy,
        String lastChange)
        implements TunableSnapshot<FallbackSettings> {}
