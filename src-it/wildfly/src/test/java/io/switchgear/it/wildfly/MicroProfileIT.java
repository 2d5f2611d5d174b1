// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import io.switchgear.it.servers.ConsolePerTest;
import io.switchgear.it.servers.Server;
import io.switchgear.it.wildfly.brewing.Barista;
import io.switchgear.it.wildfly.coffee.Coffees;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * An application that is annotated for MicroProfile Fault Tolerance, on a server without that. It brings this library
 * and no line for it, and is tuned from a console.
 */
@ArquillianTest
class MicroProfileIT extends ConsolePerTest {
    private static final String APPLICATION = "coffee";

    @Deployment(testable = false)
    static WebArchive coffee() {
        return ShrinkWrap.create(WebArchive.class, APPLICATION + ".war")
                .addPackages(false, Coffees.class.getPackage(), Barista.class.getPackage())
                .addAsLibraries(Archives.extension(), Archives.faultToleranceApi());
    }

    private static String get(String page) {
        HttpResponse<String> response = Server.get(Server.uri(APPLICATION + "/" + page));
        return response.statusCode() == 500 ? "failed" : response.body();
    }

    private static void post(String page) {
        Server.send(HttpRequest.newBuilder(Server.uri(APPLICATION + "/" + page))
                .POST(BodyPublishers.noBody())
                .build());
    }

    private Console.RemoteMBean mbean(String type, String method) throws Exception {
        return console.named(type, APPLICATION, "Coffees#" + method);
    }

    @Test
    void eachAnnotationIsAnMBean() throws Exception {
        assertThat(console.breakers())
                .filteredOn(name -> APPLICATION.equals(name.getKeyProperty("application")))
                .filteredOn(name -> name.getKeyProperty("name") != null)
                .extracting(name -> name.getKeyProperty("type") + " " + name.getKeyProperty("name"))
                .containsExactlyInAnyOrder(
                        "Retries \"Coffees#menu()\"",
                        "Retries \"Coffees#packages()\"",
                        "TimeLimits \"Coffees#recommendations(long)\"",
                        "Fallbacks \"Coffees#recommendations(long)\"",
                        "CircuitBreakers \"Coffees#stock()\"",
                        "Bulkheads \"Coffees#table()\"",
                        "Bulkheads \"Coffees#order()\"",
                        "Retries \"Barista#espresso()\"",
                        "Retries \"Barista#latte()\"",
                        "CircuitBreakers \"Barista#latte()\"");
    }

    @Test
    void sessionBeansAreGuardedToo() throws Exception {
        post("failing?times=2");
        assertThat(get("barista/espresso")).isEqualTo("espresso");
        assertThat(get("calls")).isEqualTo("3");

        post("failing?times=2");
        assertThat(get("barista/latte")).isEqualTo("latte");
        assertThat(console.breaker(APPLICATION, "Barista#latte()").get("State")).isEqualTo("OPEN");
        post("failing?times=0");
        assertThat(get("barista/latte")).isEqualTo("CircuitBreakerOpenException");
        assertThat(get("counter/latte")).isEqualTo("EJBException with CircuitBreakerOpenException");
        assertThat(get("calls")).as("rejected").isEqualTo("0");
    }

    @Test
    void retriesAreTuned() throws Exception {
        Console.RemoteMBean retry = mbean("Retries", "menu()");
        assertThat(retry.get("MaxAttempts")).isEqualTo(5);
        post("failing?times=4");
        assertThat(get("menu")).isEqualTo("menu");
        assertThat(get("calls")).isEqualTo("5");

        retry.set("MaxAttempts", 2);
        post("failing?times=4");
        assertThat(get("menu")).isEqualTo("failed");
        assertThat(get("calls")).isEqualTo("2");

        retry.set("Enabled", false);
        post("failing?times=1");
        assertThat(get("menu")).isEqualTo("failed");
        assertThat(get("calls")).isEqualTo("1");
    }

    @Test
    void theTimeLimitIsTunedAndTheFallbackSwitchedOff() throws Exception {
        Console.RemoteMBean limit = mbean("TimeLimits", "recommendations(long)");
        assertThat(limit.get("LimitMillis")).isEqualTo(20_000L);
        assertThat(get("recommendations?millis=100")).isEqualTo("recommended");

        limit.set("LimitMillis", 50L);
        assertThat(get("recommendations?millis=10000")).isEqualTo("best seller");
        assertThat(limit.get("ExceededTotal")).isEqualTo(1L);

        Console.RemoteMBean fallback = mbean("Fallbacks", "recommendations(long)");
        assertThat(fallback.get("HandledTotal")).isEqualTo(1L);
        fallback.set("Enabled", false);
        assertThat(get("recommendations?millis=10000")).isEqualTo("TimeoutException");
    }

    @Test
    void theBreakerOpensAndIsForced() throws Exception {
        Console.RemoteMBean breaker = mbean("CircuitBreakers", "stock()");
        post("failing?times=2");
        assertThat(get("stock")).isEqualTo("failed");
        assertThat(get("stock")).isEqualTo("failed");
        assertThat(get("stock")).isEqualTo("in stock");
        assertThat(get("stock")).isEqualTo("in stock");
        assertThat(breaker.get("State")).isEqualTo("OPEN");
        assertThat(get("stock")).isEqualTo("CircuitBreakerOpenException");
        assertThat(get("calls")).as("the rejected call is not made").isEqualTo("4");

        breaker.run("reset");
        assertThat(get("stock")).isEqualTo("in stock");
        breaker.run("forceOpen", "vendor repairs");
        assertThat(get("stock")).isEqualTo("CircuitBreakerOpenException");
        breaker.run("automatic");
        assertThat(get("stock")).isEqualTo("in stock");

        breaker.set("FailureRateThresholdPercent", 100.0);
        post("failing?times=3");
        for (int i = 0; i < 3; i++) {
            assertThat(get("stock")).isEqualTo("failed");
        }
        assertThat(get("stock")).isEqualTo("in stock");
        assertThat(breaker.get("State")).isEqualTo("CLOSED");
    }

    @Test
    void theBulkheadIsTuned() throws Exception {
        Console.RemoteMBean bulkhead = mbean("Bulkheads", "table()");
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> get("table"));
        await().until(() -> bulkhead.get("CallsInFlight").equals(1));
        assertThat(get("table")).isEqualTo("BulkheadException");

        bulkhead.set("MaxConcurrentCalls", 2);
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> get("table"));
        await().until(() -> bulkhead.get("CallsInFlight").equals(2));
        post("delivery");
        post("delivery");

        assertThat(first.join()).isEqualTo("delivered");
        assertThat(second.join()).isEqualTo("delivered");
        assertThat(bulkhead.get("RejectedTotal")).isEqualTo(1L);
    }

    @Test
    void anAsynchronousCallWaitsInTheQueueOfItsBulkhead() throws Exception {
        Console.RemoteMBean bulkhead = mbean("Bulkheads", "order()");
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> get("order"));
        await().until(() -> bulkhead.get("CallsInFlight").equals(1));
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> get("order"));
        await().until(() -> bulkhead.get("WaitingCalls").equals(1));
        assertThat(get("order")).isEqualTo("BulkheadException");

        bulkhead.set("MaxConcurrentCalls", 2);
        await().until(() -> bulkhead.get("CallsInFlight").equals(2));
        post("delivery");
        post("delivery");

        assertThat(first.join()).isEqualTo("delivered");
        assertThat(second.join()).isEqualTo("delivered");
    }
}
