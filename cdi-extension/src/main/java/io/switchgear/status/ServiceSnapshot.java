// SPDX-License-Identifier: Apache-2.0
package io.switchgear.status;

import io.switchgear.settings.ServiceSettings;
import io.switchgear.settings.TunableSnapshot;
import java.net.URI;

/**
 * The settings and totals of an HTTP service at one moment, without those of its breaker, which has the same name.
 * Totals count since the service was added and never decrease.
 *
 * <p>Created by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface ServiceSnapshot extends TunableSnapshot<ServiceSettings> {
    /** Returns the address of the service. */
    URI url();

    /** Returns the number of requests of callers, each counted once, however often it is retried. */
    long requests();

    /** Returns the number of attempts that failed, retries included. */
    long failures();

    /** Returns the number of attempts after the first of a request. */
    long retries();

    /** Returns the number of attempts that were cancelled because the breaker opened while they were pending. */
    long cancelled();

    /** Returns the number of failed requests whose caller got the last good response. */
    long lastGoodHits();

    /** Returns the number of attempts whose response, body included, is not complete. */
    int pendingRequests();

    /** Returns the last failure: {@code HTTP 503}, or the class of the exception; {@code null} before the first. */
    String lastFailure();
}
