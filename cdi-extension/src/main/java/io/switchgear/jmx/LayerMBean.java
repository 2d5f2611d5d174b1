package io.switchgear.jmx;

import io.switchgear.FallbackSnapshot;
import io.switchgear.Fallbacks;
import io.switchgear.HttpService;
import io.switchgear.Layer;
import io.switchgear.Retries;
import io.switchgear.RetrySnapshot;
import io.switchgear.ServiceSnapshot;
import io.switchgear.SettingsChange;
import io.switchgear.Tuned;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.ObjectName;

/**
 * What stands around a breaker as consoles see it.
 *
 * @param <W> what it shows
 */
final class LayerMBean<W extends Tuned<?>> extends TunedFace<LayerView<W>, LayerMBean<W>>
        implements Consumer<SettingsChange> {
    private static final Vocabulary<LayerView<RetrySnapshot>, LayerMBean<RetrySnapshot>> RETRIES = Vocabulary.of(
            "A retry",
            LayerMBean.class,
            "The retries of a method. What is writable takes effect with the next failure.",
            LayerAttributes.retries(),
            TunedOperations.all());

    private static final Vocabulary<LayerView<FallbackSnapshot>, LayerMBean<FallbackSnapshot>> FALLBACKS =
            Vocabulary.of(
                    "A fallback",
                    LayerMBean.class,
                    "What stands in for failed calls of a method. What is writable takes effect with the next call.",
                    LayerAttributes.fallbacks(),
                    TunedOperations.all());

    private static final Vocabulary<LayerView<ServiceSnapshot>, LayerMBean<ServiceSnapshot>> SERVICES = Vocabulary.of(
            "A service",
            LayerMBean.class,
            "A service that is called over HTTP. What is writable takes effect with the next request.",
            LayerAttributes.services(),
            TunedOperations.all());

    private final Layer<?> layer;
    private final Supplier<W> snapshot;
    private final Origin origin;

    private LayerMBean(
            Cabinet cabinet,
            Vocabulary<LayerView<W>, LayerMBean<W>> vocabulary,
            Layer<?> layer,
            Supplier<W> snapshot,
            Origin origin) {
        super(cabinet, vocabulary, layer);
        this.layer = layer;
        this.snapshot = snapshot;
        this.origin = origin;
    }

    static LayerMBean<?> of(Cabinet cabinet, Layer<?> layer, Origin origin) {
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
            Notices.of(change, name, cabinet().numbers()).forEach(this::tell);
        }
    }
}
