// SPDX-License-Identifier: Apache-2.0
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

/**
 * Starts the meters of an application. Used only if {@linkplain OptionalLibraries#haveMicrometer Micrometer is
 * present}.
 */
final class Metering {
    private Metering() {}

    /**
     * Adds meters to the registries of the application. If it has none, adds them to a new registry that shows meters
     * as MBeans, provided that MBeans are enabled and the library for it is present.
     *
     * @param beans the beans that {@linkplain OptionalLibraries#isMeterRegistry are registries}
     * @param max the maximum number of breakers, retries, fallbacks or services with meters, per kind
     * @param jmxEnabled whether MBeans are enabled
     * @return closes the new registry; called after the runtime was closed, which removes the meters
     */
    static Runnable start(
            List<Bean<?>> beans,
            BeanManager beanManager,
            Registry registry,
            int max,
            String application,
            boolean jmxEnabled) {
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
        if (beans.isEmpty() && jmxEnabled && OptionalLibraries.haveJmxMeters()) {
            MeterRegistry own = JmxMeters.of(application);
            registries.add(own);
            end = own::close;
        }
        registry.listen(new Meters(registries, max));
        return end;
    }
}
