package io.switchgear.jmx;

import io.switchgear.TunableSettings;
import io.switchgear.Tuned;

/** What the MBean of something that can be tuned shows, taken at one moment. */
interface TunedView {
    Tuned<?> snapshot();

    TunableSettings<?> configured();

    Origin origin();

    String lastRejectedChange();
}
