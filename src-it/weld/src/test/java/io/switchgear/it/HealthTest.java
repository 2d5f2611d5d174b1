// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.switchgear.CircuitBreaking;
import io.switchgear.health.BreakerReadiness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** The readiness check of MicroProfile Health. */
class HealthTest implements LeavesNoMBeans {
    @ApplicationScoped
    static class Payments {
        @CircuitBreaking(name = "payments", failureThreshold = 1)
        public void pay() {
            throw new IllegalStateException("down");
        }

        @CircuitBreaking(name = "newsletter", failureThreshold = 1)
        public void subscribe() {
            throw new IllegalStateException("down");
        }
    }

    private static HealthCheckResponse ready(Application application) {
        Instance<HealthCheck> checks = application.all(HealthCheck.class, Readiness.Literal.INSTANCE);
        assertThat(checks.stream()).hasSize(1);
        return checks.get().call();
    }

    @Test
    void readinessIsThatOfTheCriticalBreaker() {
        Map<String, String> properties = Map.of("switchgear.breaker.\"payments\".critical", "true");
        try (Application application = new Application(properties, Payments.class)) {
            Payments payments = application.get(Payments.class);
            assertThatThrownBy(payments::subscribe).hasMessage("down");
            assertThat(ready(application).getStatus()).isEqualTo(Status.UP);
            assertThatThrownBy(payments::pay).hasMessage("down");
            assertThat(ready(application).getStatus()).isEqualTo(Status.DOWN);
            assertThat(ready(application).getData().orElseThrow())
                    .containsExactly(
                            entry("critical and open", "payments"),
                            entry("payments", "OPEN"),
                            entry("newsletter", "OPEN"));
        }
    }

    /** Servers look up checks from the archives of the application, which contain the library and not the API. */
    @Test
    void theClassOfTheBeanIsInTheLibraryUnlessTheApiIsAModuleOfTheServer() {
        try (Application application = new Application(Payments.class)) {
            BeanManager beans = application.get(BeanManager.class);
            assertThat(beans.getBeans(HealthCheck.class, Readiness.Literal.INSTANCE))
                    .singleElement()
                    .returns(
                            CircuitBreaking.class.getProtectionDomain(),
                            bean -> bean.getBeanClass().getProtectionDomain());
        }
    }

    @Test
    void breakersDoNotAffectLiveness() {
        try (Application application = new Application(Payments.class)) {
            assertThat(application.all(HealthCheck.class, Liveness.Literal.INSTANCE))
                    .isEmpty();
        }
    }

    @Test
    void aContainerThatScansTheCheckFindsNoSecondOne() {
        try (Application application = new Application(Payments.class, BreakerReadiness.class)) {
            assertThat(ready(application).getStatus()).isEqualTo(Status.UP);
        }
    }

    /** Runs where there is no MicroProfile Health. */
    public static final class Without implements Runnable {
        @Override
        public void run() {
            assertThatThrownBy(() -> Class.forName("org.eclipse.microprofile.health.HealthCheck"))
                    .isInstanceOf(ClassNotFoundException.class);
            try (Application application = new Application(Payments.class)) {
                assertThatThrownBy(application.get(Payments.class)::pay).hasMessage("down");
                assertThat(application.snapshot("payments").state()).hasToString("OPEN");
            }
        }
    }

    @Test
    void withoutTheApiThereIsNoCheckAndEverythingElseWorks() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!each.contains("microprofile-health")) {
                classPath.add(Path.of(each).toUri().toURL());
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(application);
            ((Runnable) application
                            .loadClass(Without.class.getName())
                            .getConstructor()
                            .newInstance())
                    .run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
