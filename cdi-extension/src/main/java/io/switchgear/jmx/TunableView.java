// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;

/** The source of the attributes of a breaker or layer, taken at one moment. */
interface TunableView {
    TunableSnapshot<?> snapshot();

    TunableSettings<?> configured();

    Origin origin();

    String lastRefusedChange();
}
