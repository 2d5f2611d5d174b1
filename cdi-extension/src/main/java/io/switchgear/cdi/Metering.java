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

/** The meters of an application. Used only where {@linkplain OptionalLibraries#haveMicrometer there is Micrometer}. */
final class Metering {
    private Metering() {}

    /**
     * Begins it in the registries of the application or, if it has none, in one that shows meters as MBeans; if there
     * are not the means for that either, in none.
     *
     * @param beans those that {@linkplain OptionalLibraries#isMeterRegistry are registries}
     * @param shown whether MBeans are wanted
     * @return ends what is left of it when the switchgear is closed, which takes the meters back
     */
    static Runnable start(
            List<Bean<?>> beans,
            BeanManager beanManager,
            Registry registry,
            int max,
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
        Runnable end = () -> {};
        if (beans.isEmpty() && shown && OptionalLibraries.haveJmxMeters()) {
            MeterRegistry own = JmxMeters.of(application);
            registries.add(own);
            end = own::close;
        }
        registry.listen(new Meters(registries, max));
        return end;
    }
}
