package io.switchgear.jmx;

import io.switchgear.Layer;
import io.switchgear.settings.TunableSettings;
import io.switchgear.settings.TunableSnapshot;

/** What the MBean of a layer shows, taken at one moment. */
record LayerView<W extends TunableSnapshot<?>>(W snapshot, Layer<?> layer, Origin origin, String lastRejectedChange)
        implements TunableView {
    @Override
    public TunableSettings<?> configured() {
        return layer.configuredSettings();
    }
}
