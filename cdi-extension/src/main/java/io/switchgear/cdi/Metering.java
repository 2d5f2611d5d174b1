package io.switchgear.cdi;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchgear.message.Message;
import io.switchgear.metrics.JmxMeters;
import io.switchgear.metrics.Meters;
import io.switchgear.runtime.Registry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;

/** The meters of an application. Used only where {@linkplain Libraries#haveMicrometer there is Micrometer}. */
final class Metering {
    private final Meters meters;
    private final MeterRegistry own;

    /** @param own the registry that is of no use to others; {@code null} if there is none */
    private Metering(Meters meters, MeterRegistry own) {
        this.meters = meters;
        this.own = own;
    }

    /**
     * Begins it in the registries of the application or, if it has none, in one that shows meters as MBeans; if there
     * are not the means for that either, in none.
     *
     * @param beans those that {@linkplain Libraries#isMeterRegistry are registries}
     * @param shown whether MBeans are wanted
     */
    static Metering start(
            List<Bean<?>> beans,
            BeanManager beanManager,
            Registry registry,
            int most,
            String application,
            boolean shown) {
        List<MeterRegistry> registries = new ArrayList<>();
        for (Bean<?> bean : beans) {
            if (bean.getScope() == Dependent.class) {
                Message.METERS_UNSEEN.log(bean);
                continue;
            }
            registries.add((MeterRegistry)
                    beanManager.getReference(bean, MeterRegistry.class, beanManager.createCreationalContext(bean)));
        }
        MeterRegistry own = null;
        if (beans.isEmpty() && shown && Libraries.haveJmxMeters()) {
            own = JmxMeters.of(application);
            registries.add(own);
        }
        Meters meters = new Meters(registries, most);
        registry.follow(meters);
        return new Metering(meters, own);
    }

    /** Ends it; the registries of the application go on. */
    void stop() {
        meters.close();
        if (own != null) {
            own.close();
        }
    }
}
