// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.Layer;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.store.SavedSettings;
import java.util.function.Supplier;

/**
 * A layer, as the resource of its MBean.
 *
 * @param <S> the snapshots of the layer
 */
final class LayerResource<S extends TunableSnapshot<?>> extends TunableResource<LayerView<S>> {
    private final Layer<?> layer;
    private final Supplier<S> snapshot;

    LayerResource(Layer<?> layer, Supplier<S> snapshot, Origin origin, SavedSettings saved) {
        super(layer, origin, saved);
        this.layer = layer;
        this.snapshot = snapshot;
    }

    @Override
    public LayerView<S> view(String lastRefusedChange) {
        return new LayerView<>(snapshot.get(), layer, origin(), this::isUnsaved, lastRefusedChange);
    }
}
