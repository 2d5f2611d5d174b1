package io.switchgear.jmx;

import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;

/** What the MBean of something that can be tuned shows, taken at one moment. */
interface TunableView {
    TunableSnapshot<?> snapshot();

    TunableSettings<?> configured();

    Origin origin();

    String lastRejectedChange();
}
