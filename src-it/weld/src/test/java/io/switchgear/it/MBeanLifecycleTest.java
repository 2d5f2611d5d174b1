// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.Attribute;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The MBeans of an application from its start to its end. */
class MBeanLifecycleTest {
    @ApplicationScoped
    static class Orders {
        @CircuitBreaking
        public void place() {}
    }

    @Test
    void mbeansComeWithTheApplicationAndGoWithIt() throws Exception {
        ObjectName name =
                new ObjectName("io.switchgear:type=CircuitBreakers,application=default,name=\"Orders#place()\"");
        ObjectName all = new ObjectName("io.switchgear:type=CircuitBreakers,application=default");
        for (int deployment = 0; deployment < 10; deployment++) {
            try (Application application = new Application(Orders.class)) {
                assertThat(Application.mbeans()).containsExactly(name);
                application.get(Orders.class).place();
                var server = ManagementFactory.getPlatformMBeanServer();
                assertThat(server.getAttribute(name, "SuccessesTotal")).isEqualTo(1L);
                server.setAttribute(name, new Attribute("FailureThreshold", 2));
                assertThat(application.snapshot("Orders#place()").settings().failureThreshold())
                        .isEqualTo(2);
                assertThat((String[]) server.getAttribute(name, "Methods"))
                        .containsExactly(Orders.class.getTypeName() + "#place()");
                assertThat(server.getAttribute(all, "ChangedCount")).isEqualTo(1);
            }
            assertThat(Application.everything()).isEmpty();
        }
    }

    /** Sees the MBeans when the context of the application begins. */
    @ApplicationScoped
    static class Early {
        private Set<ObjectName> seen;

        void look(@Observes @Priority(Integer.MAX_VALUE) @Initialized(ApplicationScoped.class) Object context) {
            seen = Application.mbeans();
        }

        public Set<ObjectName> seen() {
            return seen;
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "cdi",
            matches = "openwebbeans",
            disabledReason = "other containers fire Startup, on servers too")
    void mbeansComeWithTheContextWhereAServerFiresNoStartup() {
        try (Application application = new Application(Orders.class, Early.class)) {
            assertThat(application.get(Early.class).seen()).hasSize(1).isEqualTo(Application.mbeans());
        }
        assertThat(Application.everything()).isEmpty();
    }

    /** A foreign extension that refuses the application after ours has finished. */
    public static class FaultFinder implements Extension {
        void refuse(@Observes @Priority(Integer.MAX_VALUE) AfterDeploymentValidation event) {
            event.addDeploymentProblem(new IllegalStateException("not on a Friday"));
        }
    }

    @Test
    void anApplicationThatAnotherExtensionRefusesLeavesNoMBean() {
        assertThatThrownBy(() -> new Application(cdi -> cdi.addExtensions(new FaultFinder()), Orders.class).close())
                .hasStackTraceContaining("not on a Friday");

        assertThat(Application.everything()).isEmpty();
    }

    @ApplicationScoped
    static class Warehouse {
        @CircuitBreaking(name = "backend")
        public void reserve() {}

        @CircuitBreaking(name = "backend")
        public void release(int count) {}
    }

    @Test
    void methodsThatShareABreakerAreBothShown() throws Exception {
        ObjectName name = new ObjectName("io.switchgear:type=CircuitBreakers,application=default,name=\"backend\"");
        try (Application application = new Application(Warehouse.class)) {
            application.get(Warehouse.class).reserve();
            application.get(Warehouse.class).release(1);

            var server = ManagementFactory.getPlatformMBeanServer();
            assertThat((String[]) server.getAttribute(name, "Methods"))
                    .containsExactly(
                            Warehouse.class.getTypeName() + "#release(int)",
                            Warehouse.class.getTypeName() + "#reserve()");
            assertThat(server.getAttribute(name, "SuccessesTotal")).isEqualTo(2L);
        }
    }
}
