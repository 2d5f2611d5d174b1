package io.switchgear;

import io.switchgear.settings.ServiceSettings;
import io.switchgear.status.ServiceSnapshot;
import java.net.URI;

/**
 * A service that is called over HTTP: its settings and its totals. Its breaker has the same name.
 *
 * @since 0.1
 */
public interface HttpService extends Layer<ServiceSettings> {
    /** Where it is. */
    URI url();

    @Override
    ServiceSnapshot snapshot();
}
