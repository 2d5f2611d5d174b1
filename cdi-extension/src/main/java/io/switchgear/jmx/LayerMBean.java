package io.switchgear.jmx;

import io.switchgear.Fallbacks;
import io.switchgear.HttpService;
import io.switchgear.Layer;
import io.switchgear.Retries;
import io.switchgear.settings.TunableSnapshot;
import io.switchgear.status.FallbackSnapshot;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.status.ServiceSnapshot;
import io.switchgear.status.SettingsChange;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.ObjectName;

/**
 * What stands around a breaker as consoles see it.
 *
 * @param <W> what it shows
 */
final class LayerMBean<W extends TunableSnapshot<?>> extends TunableMBean<LayerView<W>, LayerMBean<W>>
        implements Consumer<SettingsChange> {
    private static final MBeanModel<LayerView<RetrySnapshot>, LayerMBean<RetrySnapshot>> RETRIES = MBeanModel.of(
            "A retry",
            LayerMBean.class,
            "The retries of a method. What is writable takes effect with the next failure.",
            LayerAttributes.retries(),
            TunableOperations.all());

    private static final MBeanModel<LayerView<FallbackSnapshot>, LayerMBean<FallbackSnapshot>> FALLBACKS =
            MBeanModel.of(
                    "A fallback",
                    LayerMBean.class,
                    "What stands in for failed calls of a method. What is writable takes effect with the next call.",
                    LayerAttributes.fallbacks(),
                    TunableOperations.all());

    private static final MBeanModel<LayerView<ServiceSnapshot>, LayerMBean<ServiceSnapshot>> SERVICES = MBeanModel.of(
            "A service",
            LayerMBean.class,
            "A service that is called over HTTP. What is writable takes effect with the next request.",
            LayerAttributes.services(),
            TunableOperations.all());

    private final Layer<?> layer;
    private final Supplier<W> snapshot;
    private final Origin origin;

    private LayerMBean(
            MBeanContext cabinet,
            MBeanModel<LayerView<W>, LayerMBean<W>> vocabulary,
            Layer<?> layer,
            Supplier<W> snapshot,
            Origin origin) {
        super(cabinet, vocabulary, layer);
        this.layer = layer;
        this.snapshot = snapshot;
        this.origin = origin;
    }

    static LayerMBean<?> of(MBeanContext cabinet, Layer<?> layer, Origin origin) {
        if (layer instanceof Retries retries) {
            return new LayerMBean<>(cabinet, RETRIES, retries, retries::snapshot, origin);
        }
        if (layer instanceof Fallbacks fallbacks) {
            return new LayerMBean<>(cabinet, FALLBACKS, fallbacks, fallbacks::snapshot, origin);
        }
        if (layer instanceof HttpService service) {
            return new LayerMBean<>(cabinet, SERVICES, service, service::snapshot, origin);
        }
        throw new IllegalArgumentException(
                "no MBean is known for a " + layer.getClass().getName());
    }

    @Override
    LayerView<W> view() {
        return new LayerView<>(snapshot.get(), layer, origin, lastRejectedChange());
    }

    @Override
    LayerMBean<W> target() {
        return this;
    }

    @Override
    public void accept(SettingsChange change) {
        ObjectName name = objectName();
        if (name != null) {
            Notifications.of(change, name, cabinet().numbers()).forEach(this::tell);
        }
    }
}
