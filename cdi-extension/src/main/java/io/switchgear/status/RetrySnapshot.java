package io.switchgear.status;

import io.switchgear.settings.RetrySettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSnapshot;
import java.util.Map;

/**
 * All that can be seen of retries at one moment. Totals count since they were made and never fall.
 *
 * @param name what identifies them
 * @param settings the settings in force
 * @param attempts calls of the method, first ones and retries
 * @param retries those of them that were retries
 * @param recovered calls that failed at first and succeeded with a retry
 * @param givenUp calls that failed although they might have been retried, had attempts or time been left
 * @param refused calls that failed because the budget had nothing left for a retry
 * @param budget retries that the budget would pay for at this moment
 * @param changedBy who changed each setting that is not as configured
 * @param lastChange the last change that somebody made, in a line, or {@code null} before the first
 * @since 0.1
 */
public record RetrySnapshot(
        String name,
        RetrySettings settings,
        long attempts,
        long retries,
        long recovered,
        long givenUp,
        long refused,
        long budget,
        Map<Setting, String> changedBy,
        String lastChange)
        implements TunableSnapshot<RetrySettings> {}
