package io.switchgear.status;

import io.switchgear.settings.ServiceSettings;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSnapshot;
import java.net.URI;
import java.util.Map;

/**
 * All that can be seen of the calls to one service at one moment, but for its breaker. Totals count since it was added
 * and never fall.
 *
 * @param name the service's name, which is its breaker's too
 * @param settings the settings in force
 * @param url where it is
 * @param requests requests that callers made
 * @param failures times that one was sent and failed, retries among them
 * @param retries times that one was sent again
 * @param cancelled times that one was pending when the breaker opened, and so was cancelled
 * @param lastGoodAnswered requests that were answered with the last good response
 * @param pendingRequests requests sent whose response, body included, is not complete
 * @param lastFailure {@code HTTP 503}, or the class of what was thrown; {@code null} before the first
 * @param changedBy who changed each setting that is not as configured
 * @param lastChange the last change that somebody made, in a line, or {@code null} before the first
 * @since 0.1
 */
public record ServiceSnapshot(
        String name,
        ServiceSettings settings,
        URI url,
        long requests,
        long failures,
        long retries,
        long cancelled,
        long lastGoodAnswered,
        int pendingRequests,
        String lastFailure,
        Map<Setting, String> changedBy,
        String lastChange)
        implements TunableSnapshot<ServiceSettings> {}
