// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.FallingBack;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

/** Methods whose breaker, retries or fallback are off: by annotation, by configuration, from a console. */
class SwitchesTest implements LeavesNoMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @ApplicationScoped
    @CircuitBreaking(failureThreshold = 1)
    @Retrying(delayMillis = 0, maxAttempts = 2)
    static class Orders {
        final AtomicInteger calls = new AtomicInteger();

        public int calls() {
            return calls.get();
        }

        public void place() {
            calls.incrementAndGet();
            throw new IllegalStateException("down");
        }

        @CircuitBreaking(enabled = false, failureThreshold = 1)
        @Retrying(enabled = false, delayMillis = 0, maxAttempts = 2)
        public void cancel() {
            place();
        }

        @FallingBack(method = "none", enabled = false)
        public int count() {
            throw new IllegalStateException("down");
        }

        int none() {
            return 0;
        }
    }

    private static ObjectName mbean(String type, String name) throws Exception {
        return new ObjectName("io.switchgear:type=" + type + ",application=default,name=" + ObjectName.quote(name));
    }

    private static void enable(String type, String name, Object on) throws Exception {
        SERVER.setAttribute(mbean(type, name), new Attribute("Enabled", on));
    }

    @Test
    void aMethodIsLeftOutOfTheAnnotationOfItsClassUntilItIsSwitchedOn() throws Exception {
        try (Application application = new Application(Orders.class)) {
            Orders orders = application.get(Orders.class);
            for (int i = 1; i <= 3; i++) {
                assertThatThrownBy(orders::cancel).hasMessage("down");
                assertThat(orders.calls()).as("one attempt each").isEqualTo(i);
            }
            assertThat(application.snapshot("Orders#cancel()").calls()).isZero();
            assertThat(SERVER.getAttribute(mbean("CircuitBreakers", "Orders#cancel()"), "Enabled"))
                    .isEqualTo("false");
            enable("Retries", "Orders#cancel()", true);
            assertThatThrownBy(orders::cancel).hasMessage("down");
            assertThat(orders.calls()).isEqualTo(5);
            enable("CircuitBreakers", "Orders#cancel()", "true");
            assertThatThrownBy(orders::cancel).hasMessage("down");
            assertThat(application.snapshot("Orders#cancel()").opened()).isEqualTo(1);
        }
    }

    @Test
    void aFallbackIsSwitchedOnWhileTheApplicationRuns() throws Exception {
        try (Application application = new Application(Orders.class)) {
            Orders orders = application.get(Orders.class);
            assertThatThrownBy(orders::count).hasMessage("down");
            enable("Fallbacks", "Orders#count()", true);
            assertThat(orders.count()).isZero();
        }
    }

    @Test
    void configurationSwitchesOffByPattern() throws Exception {
        Map<String, String> properties = Map.of(
                "switchgear.breaker.\"Orders#*\".enabled", "false",
                "switchgear.breaker.\"Orders#calls()\".enabled", "true",
                "switchgear.default.retry.enabled", "false");
        try (Application application = new Application(properties, Orders.class)) {
            Orders orders = application.get(Orders.class);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(orders::place).hasMessage("down");
            }
            assertThat(orders.calls()).isEqualTo(3);
            assertThat(application.snapshot("Orders#calls()").calls()).isEqualTo(1);
            CompositeData row = ((TabularData)
                            SERVER.getAttribute(mbean("CircuitBreakers", "Orders#place()"), "Settings"))
                    .get(new Object[] {"Enabled"});
            assertThat(row.get("origin")).isEqualTo("switchgear.breaker.\"Orders#*\".enabled (system property)");
            assertThat(row.get("configured")).isEqualTo("false");
        }
    }

    @Test
    void patternsThatAreEquallySpecificFailTheDeployment() {
        Map<String, String> properties = Map.of(
                "switchgear.breaker.\"Orders#*\".open-millis", "1",
                "switchgear.breaker.\"*place()\".open-millis", "2");
        assertThatThrownBy(() -> new Application(properties, Orders.class).close())
                .hasStackTraceContaining("are equally specific for \"Orders#place()\" but have different values");
    }

    @Test
    void allBreakersAreSwitchedOffAtOnce() throws Exception {
        try (Application application = new Application(Orders.class)) {
            Orders orders = application.get(Orders.class);
            assertThatThrownBy(orders::place).hasMessage("down");
            ObjectName all = new ObjectName("io.switchgear:type=CircuitBreakers,application=default");
            SERVER.invoke(all, "changeSettings", new Object[] {"Orders#*", "Enabled=false"}, new String[] {
                String.class.getName(), String.class.getName()
            });
            assertThat(SERVER.getAttribute(all, "OffCount"))
                    .isEqualTo(application.names().size());
            assertThat((String[]) SERVER.getAttribute(all, "Overview")).allMatch(line -> line.startsWith("OFF "));
            assertThatThrownBy(orders::place).hasMessage("down");
        }
    }
}
