// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import io.switchgear.config.Configuration;
import io.switchgear.message.Message;
import io.switchgear.runtime.Registry;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayList;
import java.util.List;

/** The meter registries of an application, and the meters in them. Also works without Micrometer. */
final class MeterRegistries {
    private final List<Bean<?>> found = new ArrayList<>();
    private Runnable end = () -> {};

    /** Adds a bean if it is a meter registry. */
    void add(Bean<?> bean) {
        if (OptionalLibraries.isMeterRegistry(bean)) {
            found.add(bean);
        }
    }

    /** Starts the meters. The application runs without them if a registry cannot be created. */
    void start(BeanManager beanManager, Registry registry, Configuration configuration, String application) {
        if (!OptionalLibraries.haveMicrometer()) {
            found.forEach(Message.METERS_ELSEWHERE::log);
            return;
        }
        try {
            end = Metering.start(
                    found, beanManager, registry, configuration.maxMetered(), application, configuration.jmxEnabled());
        } catch (RuntimeException | LinkageError refused) {
            Message.METERING_FAILED.log(refused, application);
        }
    }

    /** Closes the registry that was created; called after the runtime was closed, which removes the meters. */
    void close() {
        end.run();
    }
}
