// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.Layer;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;
import java.util.function.Predicate;

/** The source of a layer's attributes, taken at one moment. */
record LayerView<W extends TunableSnapshot<?>>(
        W snapshot, Layer<?> layer, Origin origin, Predicate<Setting> unsaved, String lastRefusedChange)
        implements TunableView {
    @Override
    public TunableSettings<?> configured() {
        return layer.configuredSettings();
    }
}
