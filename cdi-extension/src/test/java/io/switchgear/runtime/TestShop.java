// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.CircuitBreakers;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.time.JdkScheduler;
import io.switchgear.time.Scheduler;
import io.switchgear.time.Time;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/** A runtime without a container, and its MBeans. */
final class TestShop implements AutoCloseable {
    static final BreakerSettings SETTINGS =
            BreakerSettings.builder().failureThreshold(3).openMillis(86_400_000).build();

    final ApplicationRuntime runtime;

    /** @param properties system properties while it starts */
    TestShop(Map<String, String> properties) {
        this(properties, new JdkScheduler());
    }

    /** @param scheduler runs the looks at configuration */
    TestShop(Map<String, String> properties, Scheduler scheduler) {
        properties.forEach(System::setProperty);
        try {
            runtime = ApplicationRuntime.start(
                    "test shop", Thread.currentThread().getContextClassLoader(), Time.SYSTEM.with(scheduler));
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    TestShop() {
        this(Map.of());
    }

    CircuitBreakers breakers() {
        return runtime.breakers();
    }

    Registry registry() {
        return runtime.registry();
    }

    /** Returns type and name of each MBean; the one of all breakers has no name. */
    static Set<String> mbeans() {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("io.switchgear:application=test shop,*"), null)
                    .stream()
                    .map(each -> each.getKeyProperty("type")
                            + (each.getKeyProperty("name") == null
                                    ? ""
                                    : " " + ObjectName.unquote(each.getKeyProperty("name"))))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (JMException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static Object get(String type, String name, String attribute) throws JMException {
        ObjectName mbean =
                new ObjectName("io.switchgear:type=" + type + ",application=test shop,name=" + ObjectName.quote(name));
        return ManagementFactory.getPlatformMBeanServer().getAttribute(mbean, attribute);
    }

    @Override
    public void close() {
        runtime.close();
    }
}
