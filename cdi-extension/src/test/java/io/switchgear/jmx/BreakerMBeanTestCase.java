// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.FailureRule;
import io.switchgear.breaker.Breaker;
import io.switchgear.settings.BreakerSettings;
import io.switchgear.settings.Setting;
import io.switchgear.time.TestTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;

/** Tests of the MBean of a breaker with a configured setting. */
abstract class BreakerMBeanTestCase {
    final TestConsole console = new TestConsole();
    final MBeanServer server = console.server;
    final TestTime time = console.time;
    final Breaker breaker = new Breaker(
            "OrderService#place(String,int)",
            BreakerSettings.builder().failureThreshold(3).openMillis(10_000).build(),
            FailureRule.ANY,
            time,
            time,
            transition -> {});
    final ObjectName name = TestConsole.objectName(
            "io.switchgear:type=CircuitBreakers,application=shop,name=\"OrderService#place(String,int)\"");

    BreakerMBeanTestCase() {
        console.add(
                breaker,
                new Origin(
                        () -> List.of("com.example.OrderService#place(java.lang.String,int)"),
                        () -> Map.of(Setting.OPEN_MILLIS, "switchgear.default.open-millis (test)")));
    }

    Object get(String attribute) throws JMException {
        return console.get(breaker.name(), attribute);
    }

    void set(String attribute, Object value) throws JMException {
        console.set(breaker.name(), attribute, value);
    }

    Object invoke(String operation, Object... parameters) throws JMException {
        return console.invoke(breaker.name(), operation, parameters);
    }

    void fail(int times) {
        console.fail(breaker.name(), times);
    }

    /** Returns the values of all attributes. */
    Map<String, Object> all() throws JMException {
        String[] names = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        Map<String, Object> values = new HashMap<>();
        server.getAttributes(name, names)
                .asList()
                .forEach(each -> values.put(
                        each.getName(), each.getValue() instanceof String[] lines ? List.of(lines) : each.getValue()));
        assertThat(values).hasSameSizeAs(names);
        return values;
    }

    @AfterEach
    void close() {
        console.close();
        assertThat(server.queryNames(null, null))
                .allMatch(left -> left.getDomain().equals("JMImplementation"));
    }
}
