// SPDX-License-Identifier: Apache-2.0
package io.switchgear.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.standalone.Switchgear;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmxMetersTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static Set<ObjectName> of(String domain) throws Exception {
        return SERVER.queryNames(new ObjectName(domain + ":*"), null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"users", "Orders#place(String,int)", "a:b=c", "say \"hi\"", "stock\\eu?", "hosts/example.org"})
    void whateverABreakerIsCalledItsMetersAreMBeansThatGoWithIt(String name) throws Exception {
        MeterRegistry registry = JmxMeters.of("shop: nr 1/*");
        String domain = "io.switchgear.metrics.shop__nr_1__";
        try (Switchgear switchgear = Switchgear.start("shop");
                Meters meters = new Meters(List.of(registry), 10)) {
            switchgear.listen(meters);
            switchgear.breakers().create(name, BreakerSettings.defaults()).run(() -> {});
            assertThat(of(domain)).hasSize(registry.getMeters().size()).hasSizeGreaterThan(10);
            switchgear.breakers().remove(name);
            assertThat(of(domain)).isEmpty();
            switchgear.breakers().create(name, BreakerSettings.defaults());
            assertThat(of(domain)).isNotEmpty();
        }
        assertThat(of(domain)).isEmpty();
        registry.close();
    }
}
