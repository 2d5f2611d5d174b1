// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.switchgear.CircuitBreaking;
import io.switchgear.message.RecordedLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The meter registries of an application with CDI. */
class MetricsTest {
    private static final SimpleMeterRegistry FIRST = new SimpleMeterRegistry();
    private static final SimpleMeterRegistry SECOND = new SimpleMeterRegistry();

    @ApplicationScoped
    static class Users {
        @CircuitBreaking(name = "users")
        String find() {
            return "found";
        }
    }

    static class OneRegistry {
        @Produces
        @Singleton
        MeterRegistry registry() {
            return FIRST;
        }
    }

    static class AnotherRegistry {
        @Produces
        @Singleton
        @Named("second")
        SimpleMeterRegistry registry() {
            return SECOND;
        }
    }

    static class BrokenRegistry {
        @Produces
        @Singleton
        MeterRegistry registry() {
            throw new IllegalStateException("no address to send to");
        }
    }

    private static double successes(MeterRegistry registry) {
        return registry.get("circuit.breaker.calls")
                .tags("service", "users", "result", "success")
                .functionCounter()
                .count();
    }

    private static Set<ObjectName> shown() {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("io.switchgear.metrics.*:*"), null);
        } catch (MalformedObjectNameException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void theRegistriesOfTheApplicationHaveTheMetersUntilItEnds() {
        try (Application application = new Application(Users.class, OneRegistry.class, AnotherRegistry.class)) {
            application.get(Users.class).find();
            for (MeterRegistry registry : List.of(FIRST, SECOND)) {
                assertThat(successes(registry)).isEqualTo(1);
            }
            assertThat(shown()).isEmpty();
        }
        assertThat(FIRST.getMeters()).isEmpty();
        assertThat(SECOND.getMeters()).isEmpty();
        assertThat(FIRST.isClosed()).as("it belongs to the application").isFalse();
    }

    @Test
    void withoutARegistryMetersAreMBeansInADomainOfTheApplication() throws Exception {
        try (Application application = new Application(Users.class)) {
            application.get(Users.class).find();
            assertThat(shown().stream().map(ObjectName::getDomain).collect(Collectors.toSet()))
                    .containsExactly("io.switchgear.metrics.default");
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(
                                    new ObjectName("io.switchgear.metrics.default:name=circuitBreakerCalls.result."
                                            + "success.service.users,type=meters"),
                                    "Count"))
                    .isEqualTo(1L);
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void aRegistryThatCannotBeCreatedIsLoggedAndTheApplicationRuns() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(Users.class, BrokenRegistry.class)) {
            assertThat(application.get(Users.class).find()).isEqualTo("found");
            assertThat(log.lines()).contains("WARNING SGR0027: the application default has no meters");
        }
    }

    static class RegistryForEach {
        @Produces
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @Test
    void aRegistryThatIsCreatedAnewForEachInjectionPointIsLoggedAndNotUsed() {
        try (RecordedLog log = new RecordedLog();
                Application application = new Application(Users.class, RegistryForEach.class)) {
            assertThat(application.get(Users.class).find()).isEqualTo("found");
            assertThat(log.lines())
                    .anyMatch(
                            line -> line.contains("SGR0034: ") && line.contains("is created anew for each injection"));
            assertThat(shown()).as("the application has a registry").isEmpty();
        }
    }
}
