// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import io.switchgear.settings.ServiceSettings;
import io.switchgear.status.ServiceSnapshot;
import java.net.URI;

/**
 * A service that is called over HTTP: its address, settings and totals. Its breaker has the same name.
 *
 * <p>Implemented by this library alone; methods may be added.
 *
 * @since 0.1
 */
public interface HttpService extends Layer<ServiceSettings> {
    /** Returns the address of the service. */
    URI url();

    @Override
    ServiceSnapshot snapshot();
}
