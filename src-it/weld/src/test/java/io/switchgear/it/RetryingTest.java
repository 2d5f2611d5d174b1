// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchgear.CircuitBreaking;
import io.switchgear.CircuitOpenException;
import io.switchgear.Retrying;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Methods that are called again after a failure. */
class RetryingTest {
    @ApplicationScoped
    public static class Depot {
        private final AtomicInteger calls = new AtomicInteger();

        int calls() {
            return calls.get();
        }

        @CircuitBreaking(name = "depot", failureThreshold = 4)
        @Retrying(delayMillis = 0)
        public String order() throws IOException {
            calls.incrementAndGet();
            throw new IOException("down");
        }

        @Retrying(delayMillis = 1, maxAttempts = 5, abortOn = IllegalStateException.class)
        public CompletionStage<Integer> later(int failures) {
            int call = calls.incrementAndGet();
            return call <= failures
                    ? CompletableFuture.failedFuture(new IOException("down"))
                    : CompletableFuture.completedFuture(call);
        }

        @Retrying(delayMillis = 0, retryOn = CircuitOpenException.class)
        @CircuitBreaking(failureThreshold = 1, openMillis = 0, successThreshold = 1)
        public String persistent() throws IOException {
            if (calls.incrementAndGet() == 1) {
                throw new IOException("down");
            }
            return "up";
        }
    }

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static ObjectName retries(String name) throws Exception {
        return new ObjectName("io.switchgear:type=Retries,application=default,name=" + ObjectName.quote(name));
    }

    @Test
    void eachAttemptIsAnOutcomeAndRetryingEndsWhenTheBreakerOpens() throws Exception {
        try (Application application = new Application(Depot.class)) {
            Depot depot = application.get(Depot.class);
            assertThatThrownBy(depot::order).isInstanceOf(IOException.class);
            assertThat(depot.calls()).isEqualTo(3);
            assertThat(application.snapshot("depot").failures()).isEqualTo(3);
            assertThatThrownBy(depot::order).as("the failure that opened it").isInstanceOf(IOException.class);
            assertThat(depot.calls()).isEqualTo(4);
            assertThatThrownBy(depot::order).isInstanceOf(CircuitOpenException.class);
            assertThat(depot.calls()).isEqualTo(4);
        }
    }

    @Test
    void asynchronousCallsAreRetriedToo() throws Exception {
        try (Application application = new Application(Depot.class)) {
            Depot depot = application.get(Depot.class);
            assertThat(depot.later(3).toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(4);
        }
    }

    @Test
    void settingsAreReadAndChangedThroughJmxUnderTheNameOfTheBreaker() throws Exception {
        try (Application application = new Application(Depot.class)) {
            Depot depot = application.get(Depot.class);
            ObjectName name = retries("depot");
            assertThat(SERVER.getAttribute(name, "MaxAttempts")).isEqualTo(3);
            SERVER.setAttribute(name, new Attribute("MaxAttempts", 1));
            assertThatThrownBy(depot::order).isInstanceOf(IOException.class);
            assertThat(depot.calls()).isEqualTo(1);
            assertThat(SERVER.getAttribute(name, "AttemptsTotal")).isEqualTo(1L);
            assertThat(SERVER.getAttribute(name, "ChangedSettings"))
                    .asString()
                    .startsWith("MaxAttempts=1 (configured 3");
            assertThatThrownBy(() -> SERVER.setAttribute(name, new Attribute("MaxAttempts", 0)))
                    .hasMessage("MaxAttempts must be a whole number >= 1 and <= 1000000 but was 0");
            SERVER.invoke(name, "changeSettings", new Object[] {"MaxAttempts=2, DelayMillis=5"}, new String[] {
                "java.lang.String"
            });
            assertThat(SERVER.getAttribute(name, "DelayMillis")).isEqualTo(5L);
            assertThatThrownBy(() -> SERVER.invoke(
                            name, "changeSettings", new Object[] {"OpenMillis=5"}, new String[] {"java.lang.String"}))
                    .hasMessageContaining(
                            "\"OpenMillis\" is no setting of a retry; settings are Enabled, MaxAttempts,");
        }
        assertThat(Application.everything()).isEmpty();
    }

    @Test
    void theConfigurationOfARetryIsApplied() throws Exception {
        Map<String, String> properties =
                Map.of("switchgear.retry.\"depot\".max-attempts", "2", "switchgear.default.retry.delay-millis", "1");
        try (Application application = new Application(properties, Depot.class)) {
            Depot depot = application.get(Depot.class);
            assertThatThrownBy(depot::order).isInstanceOf(IOException.class);
            assertThat(depot.calls()).isEqualTo(2);
            assertThat(SERVER.getAttribute(retries("Depot#later(int)"), "DelayMillis"))
                    .isEqualTo(1L);
        }
    }

    @Test
    void aRejectionIsRetriedIfTheRuleNamesIt() throws Exception {
        try (Application application = new Application(Depot.class)) {
            Depot depot = application.get(Depot.class);
            assertThatThrownBy(depot::persistent).isInstanceOf(IOException.class);
            assertThat(depot.persistent()).isEqualTo("up");
        }
    }
}
