package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import javax.management.Attribute;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class MBeanLifeTest {
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
            assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName("io.switchgear:*"), null))
                    .isEmpty();
        }
    }
}
