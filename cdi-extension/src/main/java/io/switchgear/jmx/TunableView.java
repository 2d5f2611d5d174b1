// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;
import java.util.function.Predicate;

/** The source of the attributes of a breaker or layer, taken at one moment. */
interface TunableView {
    TunableSnapshot<?> snapshot();

    TunableSettings<?> configured();

    Origin origin();

    /** Accepts the settings whose value in force is not saved, although there is a store. */
    Predicate<Setting> unsaved();

    String lastRefusedChange();
}
