package io.switchgear.status;

import io.switchgear.settings.ServiceSettings;
import io.switchgear.settings.TunableSnapshot;
import java.net.URI;

/**
 * All that can be seen of the calls to one HTTP service at one moment, but for its breaker, which has the same name.
 * Totals count since the service was added and never fall.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface ServiceSnapshot extends TunableSnapshot<ServiceSettings> {
    /** The service's address. */
    URI url();

    /** Requests of callers, each counted once whatever its retries. */
    long requests();

    /** Attempts that failed, retries among them. */
    long failures();

    /** Attempts after the first of a request. */
    long retries();

    /** Attempts that were cancelled because the breaker opened while they were pending. */
    long cancelled();

    /** Failed requests that were answered with the last good response. */
    long lastGoodAnswered();

    /** Attempts whose response, body included, is not complete. */
    int pendingRequests();

    /** {@code HTTP 503}, or the class of what was thrown; {@code null} before the first failure. */
    String lastFailure();
}
