// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.switchgear.CircuitBreaker;
import io.switchgear.NamedBreaker;
import io.switchgear.TimeLimitExceededException;
import io.switchgear.it.servers.layered.Courier;
import io.switchgear.it.servers.layered.Kitchen;
import io.switchgear.it.servers.layered.Service;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Retries, fallbacks and time limits of session beans and CDI beans, in the server. */
@ArquillianTest
class RetriesAndFallbacksIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Service service;

    @Inject
    Kitchen kitchen;

    @Inject
    Courier courier;

    @Inject
    @NamedBreaker("kitchen")
    CircuitBreaker breaker;

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "layered.war")
                .addClass(RetriesAndFallbacksIT.class)
                .addPackage(Service.class.getPackage())
                .addAsResource(Archives.withoutRetryBudget(), "META-INF/switchgear.properties")
                .addAsLibrary(Archives.extension())
                .addAsLibraries(Archives.caffeine())
                .addAsLibraries(Archives.testLibraries());
    }

    @Test
    void aSessionBeanIsRetried() {
        service.failTimes(2);
        long failures = breaker.snapshot().failures();
        assertThat(kitchen.cook()).isEqualTo("call 3");
        assertThat(breaker.snapshot().failures()).isEqualTo(failures + 2);
    }

    @Test
    void theLastFailureOfASessionBeanReachesItsCaller() {
        service.failTimes(3);
        assertThatThrownBy(kitchen::cook).hasStackTraceContaining("call 3 failed");
    }

    @Test
    void aPrivateMethodOfASessionBeanIsTheFallback() {
        service.failTimes(2);
        assertThat(kitchen.serve("Kim")).isEqualTo("cold for Kim, since call 2 failed");
    }

    @Test
    void aMethodOfASessionBeanWithoutParametersHasEachFallback() {
        service.failTimes(2);
        assertThat(kitchen.menu()).isEqualTo("unknown, since call 1 failed");
        assertThat(kitchen.dessert()).isEqualTo("leftovers for []");
        assertThat(kitchen.menu()).isEqualTo("call 3");
        service.failTimes(1);
        assertThat(kitchen.menu()).isEqualTo("call 3");
    }

    @Test
    void anAsynchronousRetryRunsInTheContextOfTheApplication() {
        service.failTimes(2);
        assertThat(courier.send().toCompletableFuture()).succeedsWithin(SOON).isEqualTo("call 3 inside");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "payara|glassfish.",
            disabledReason = "the server lets no thread without a context class loader call a CDI bean")
    void aCallFromAThreadOutsideTheApplicationIsRetriedToo() throws Exception {
        service.failTimes(2);
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread outside = new Thread(() -> courier.send().whenComplete((value, thrown) -> {
            if (thrown == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(thrown);
            }
        }));
        outside.setContextClassLoader(null);
        outside.start();
        outside.join();
        assertThat(result).succeedsWithin(SOON).asString().startsWith("call 3 ");
    }

    @Test
    void aHandlerIsTheFallbackOfAStage() {
        service.failTimes(3);
        assertThat(courier.send().toCompletableFuture()).succeedsWithin(SOON).isEqualTo("by pigeon after 3");
    }

    @Test
    void theLastGoodValueIsTheFallback() {
        service.failTimes(0);
        assertThat(courier.price("pen", 1)).isEqualTo("pen by call 1");
        service.failTimes(1);
        assertThat(courier.price("pen", 2)).isEqualTo("pen by call 1");
    }

    @Test
    void aSessionBeanThatHangsIsInterrupted() throws Exception {
        Throwable thrown = catchThrowable(kitchen::bake);
        // not wrapped, as it is an application exception
        assertThat(thrown)
                .isInstanceOf(TimeLimitExceededException.class)
                .hasMessage("oven: the call took more than 50 ms");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(limit("oven", "InterruptedTotal")).isEqualTo(1L);
        assertThat(limit("oven", "OverdueCalls")).isEqualTo(0L);
    }

    @Test
    void aTimerThatHangsIsInterrupted() {
        kitchen.ring();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(limit("Kitchen#burn(Timer)", "InterruptedTotal"))
                        .isEqualTo(1L));
    }

    private static Object limit(String name, String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName(
                                "io.switchgear:type=TimeLimits,application=layered,name=" + ObjectName.quote(name)),
                        attribute);
    }

    @Test
    void eachLayerIsAnMBean() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        ObjectName retries = new ObjectName("io.switchgear:type=Retries,application=layered,name=\"kitchen\"");
        ObjectName fallbacks =
                new ObjectName("io.switchgear:type=Fallbacks,application=layered,name=\"Courier#price(String,long)\"");
        assertThat(server.getAttribute(retries, "Methods"))
                .isEqualTo(new String[] {Kitchen.class.getName() + "#cook()"});
        long hits = (long) server.getAttribute(fallbacks, "LastGoodHitsTotal");
        service.failTimes(0);
        courier.price("ink", 1);
        service.failTimes(1);
        courier.price("ink", 1);
        assertThat(server.getAttribute(fallbacks, "LastGoodHitsTotal")).isEqualTo(hits + 1);
        assertThat((long) server.getAttribute(fallbacks, "LastGoodValues")).isPositive();
    }
}
