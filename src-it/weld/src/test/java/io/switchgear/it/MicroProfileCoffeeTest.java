// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitOpenException;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;

/** A coffee shop annotated for MicroProfile Fault Tolerance, as its introductions show it, tuned through JMX. */
class MicroProfileCoffeeTest implements LeavesNoMBeans {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @ApplicationScoped
    public static class Coffees {
        private final AtomicInteger calls = new AtomicInteger();
        private volatile int failing;
        private volatile boolean hangs;

        @Retry(maxRetries = 4, jitter = 0)
        public String menu() {
            return served("menu");
        }

        @Timeout(50)
        @Fallback(fallbackMethod = "bestSellers")
        public String recommendations(int coffee) throws InterruptedException {
            if (hangs) {
                new CountDownLatch(1).await();
            }
            return "goes with " + coffee;
        }

        String bestSellers(int coffee) {
            return "best seller instead of " + coffee;
        }

        @CircuitBreaker(requestVolumeThreshold = 4, delay = 60_000)
        public String stock(int coffee) {
            return served("stock of " + coffee);
        }

        private String served(String what) {
            if (calls.incrementAndGet() <= failing) {
                throw new IllegalStateException("the barista is out");
            }
            return what;
        }

        void failing(int times) {
            calls.set(0);
            failing = times;
        }

        void hangs(boolean value) {
            hangs = value;
        }

        int calls() {
            return calls.get();
        }
    }

    private static ObjectName mbean(String type, String name) throws Exception {
        return new ObjectName("io.switchgear:type=" + type + ",application=default,name=" + ObjectName.quote(name));
    }

    @Test
    void aFailedCallIsRetriedAsOftenAsTheAnnotationSays() {
        try (Application application = new Application(Coffees.class)) {
            Coffees coffees = application.get(Coffees.class);
            coffees.failing(4);

            assertThat(coffees.menu()).isEqualTo("menu");
            assertThat(coffees.calls()).isEqualTo(5);
            coffees.failing(5);
            assertThatThrownBy(coffees::menu).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void retriesAreTunedThroughJmxWhileTheApplicationRuns() throws Exception {
        try (Application application = new Application(Coffees.class)) {
            Coffees coffees = application.get(Coffees.class);
            coffees.failing(9);
            ObjectName retry = mbean("Retries", "Coffees#menu()");
            assertThat(SERVER.getAttribute(retry, "MaxAttempts")).isEqualTo(5);

            SERVER.setAttribute(retry, new Attribute("MaxAttempts", 2));
            assertThatThrownBy(coffees::menu).isInstanceOf(IllegalStateException.class);

            assertThat(coffees.calls()).isEqualTo(2);
        }
    }

    @Test
    void theFallbackReplacesACallThatExceedsItsTime() throws Exception {
        try (Application application = new Application(Coffees.class)) {
            Coffees coffees = application.get(Coffees.class);
            assertThat(coffees.recommendations(7)).isEqualTo("goes with 7");

            coffees.hangs(true);
            assertThat(coffees.recommendations(7)).isEqualTo("best seller instead of 7");

            ObjectName fallback = mbean("Fallbacks", "Coffees#recommendations(int)");
            assertThat(SERVER.getAttribute(fallback, "HandledTotal")).isEqualTo(1L);
            SERVER.setAttribute(fallback, new Attribute("Enabled", false));
            assertThatThrownBy(() -> coffees.recommendations(7))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("Coffees#recommendations(int)");
        }
    }

    @Test
    void theBreakerOpensWhenTheWindowIsFullAndHalfOfItFailed() {
        try (Application application = new Application(Coffees.class)) {
            Coffees coffees = application.get(Coffees.class);
            coffees.failing(3);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> coffees.stock(1)).isInstanceOf(IllegalStateException.class);
            }
            assertThat(coffees.stock(1)).isEqualTo("stock of 1");

            assertThatThrownBy(() -> coffees.stock(1))
                    .isInstanceOf(CircuitBreakerOpenException.class)
                    .hasMessageContaining("Coffees#stock(int) is OPEN for another")
                    .hasCauseInstanceOf(CircuitOpenException.class);
            assertThat(coffees.calls()).isEqualTo(4);
            application.breaker("Coffees#stock(int)").by("test").reset();
            assertThat(coffees.stock(1)).isEqualTo("stock of 1");
        }
    }
}
