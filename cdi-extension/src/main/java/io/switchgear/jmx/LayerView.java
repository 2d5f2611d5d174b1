package io.switchgear.jmx;

import io.switchgear.Layer;
import io.switchgear.TunableSettings;
import io.switchgear.Tuned;

/** What the MBean of a layer shows, taken at one moment. */
record LayerView<W extends Tuned<?>>(W snapshot, Layer<?> layer, Origin origin, String lastRejectedChange)
        implements TunedView {
    @Override
    public TunableSettings<?> configured() {
        return layer.configuredSettings();
    }
}
