// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meters of the example after known calls. */
@ArquillianTest
class MetricsIT {
    private static final String CALLS = "circuit_breaker_calls_total";
    private static final String USERS = "Users#find(long)";
    private static final String ORDER = "{\"userId\": 1, \"productId\": 2}";
    private static final String CHARGE = "{\"cents\": 120}";

    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    private Scrape before;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @BeforeEach
    void read() {
        before = Scrape.ofShop();
    }

    private Scrape grown() {
        return Scrape.ofShop().since(before);
    }

    private static void assertCalls(
            Scrape grown, String service, int success, int failure, int slow, int rejected, int fallback) {
        assertThat(grown.sum(CALLS, "service", service, "result", "success")).isEqualTo(success);
        assertThat(grown.sum(CALLS, "service", service, "result", "failure")).isEqualTo(failure);
        assertThat(grown.sum("circuit_breaker_failures_total", "service", service))
                .isEqualTo(failure);
        assertThat(grown.sum(CALLS, "service", service, "result", "slow")).isEqualTo(slow);
        assertThat(grown.sum(CALLS, "service", service, "result", "ignored")).isZero();
        assertThat(grown.sum(CALLS, "service", service, "result", "rejected")).isEqualTo(rejected);
        assertThat(grown.sum(CALLS, "service", service, "result", "fallback")).isEqualTo(fallback);
        assertThat(grown.sum("circuit_breaker_rejected_total", "service", service))
                .isEqualTo(rejected);
    }

    private static void call(String path, int times, int status) {
        for (int call = 1; call <= times; call++) {
            assertThat(Shop.status(path)).as("%s, call %d", path, call).isEqualTo(status);
        }
    }

    @Test
    void eachCallIsCountedOnceAndAnOpeningIsATransition() {
        call("users/1", 2, 200);
        Shop.breakBackend();
        call("users/1", 5, 502);
        call("users/1", 3, 503);

        Scrape grown = grown();
        assertCalls(grown, USERS, 2, 5, 0, 3, 0);
        assertThat(grown.sum("circuit_breaker_rejected_total", "service", USERS, "reason", "open"))
                .isEqualTo(3);
        assertThat(grown.sum("circuit_breaker_transitions_total", "service", USERS, "to", "open"))
                .isEqualTo(1);
        assertThat(grown.sum("circuit_breaker_transitions_total", "service", USERS))
                .isEqualTo(1);
        Scrape now = Scrape.ofShop();
        assertThat(now.sum("circuit_breaker_state", "service", USERS)).isEqualTo(2);
        assertThat(now.sum("circuit_breaker_overridden", "service", USERS)).isZero();
        assertThat(now.sum("circuit_breaker_calls_in_flight")).isZero();
    }

    @Test
    void aForcedModeIsATransitionAndAnOverride() throws Exception {
        RemoteMBean users = SHOP.breaker(USERS);
        long opened = (long) users.get("OpenedTotal");
        users.run("forceOpen", "vendor repairs");
        call("users/1", 2, 503);

        Scrape grown = grown();
        assertCalls(grown, USERS, 0, 0, 0, 2, 0);
        assertThat(grown.sum("circuit_breaker_rejected_total", "service", USERS, "reason", "forced_open"))
                .isEqualTo(2);
        assertThat(grown.sum("circuit_breaker_overridden", "service", USERS)).isEqualTo(1);
        assertThat(grown.sum("circuit_breaker_transitions_total", "service", USERS, "to", "open"))
                .isEqualTo(1);
        assertThat(users.get("OpenedTotal")).as("by its own decision").isEqualTo(opened);

        users.run("automatic");
        call("users/1", 3, 200);
        Scrape closed = grown();
        assertThat(closed.sum("circuit_breaker_transitions_total", "service", USERS, "to", "half_open"))
                .isEqualTo(1);
        assertThat(closed.sum("circuit_breaker_transitions_total", "service", USERS, "to", "closed"))
                .isEqualTo(1);
        assertThat(closed.sum("circuit_breaker_overridden", "service", USERS)).isZero();
    }

    @Test
    void aSlowCallThatFailsIsAFailureAndNotSlow() throws Exception {
        RemoteMBean users = SHOP.breaker(USERS);
        users.set("SlowCallMillis", 1L);
        long slow = (long) users.get("SlowCallsTotal");
        assertThat(Shop.put("backend", "{\"failurePercent\": 0, \"latencyMillis\": 20}")
                        .statusCode())
                .isEqualTo(200);
        call("users/1", 2, 200);
        assertThat(Shop.put("backend", "{\"failurePercent\": 100, \"latencyMillis\": 20}")
                        .statusCode())
                .isEqualTo(200);
        call("users/1", 1, 502);

        assertCalls(grown(), USERS, 0, 1, 2, 0, 0);
        assertThat(users.get("SlowCallsTotal")).isEqualTo(slow + 3);
    }

    @Test
    void aFallbackIsCountedInAdditionToItsCall() throws Exception {
        RemoteMBean points = SHOP.breaker("loyalty-points");
        call("users/1/points", 1, 200);
        Shop.breakBackend();
        call("users/1/points", 5, 200);
        // a stage may pass its outcome to the fallback, and so to the client, before the breaker
        await().until(() -> points.get("State").equals("OPEN"));
        call("users/1/points", 2, 200);

        Scrape grown = grown();
        assertCalls(grown, "loyalty-points", 1, 5, 0, 2, 7);
        String fallbacks = "switchgear_fallback_calls_total";
        assertThat(grown.sum(fallbacks, "service", "Users#points(long)", "result", "handled"))
                .isEqualTo(7);
        assertThat(grown.sum(fallbacks, "service", "Users#points(long)")).isEqualTo(7);
    }

    @Test
    void lastGoodValuesAndMissingOnesAreCounted() {
        call("products/1", 1, 200);
        Shop.breakBackend();
        call("products/1", 6, 200);
        call("products/97", 1, 503);

        Scrape grown = grown();
        String products = "Products#find(long)";
        assertCalls(grown, products, 1, 5, 0, 2, 6);
        String fallbacks = "switchgear_fallback_calls_total";
        assertThat(grown.sum(fallbacks, "service", products, "result", "last_good"))
                .isEqualTo(6);
        assertThat(grown.sum(fallbacks, "service", products, "result", "last_good_missed"))
                .isEqualTo(1);
        assertThat(grown.sum(fallbacks, "service", products)).isEqualTo(7);
    }

    @Test
    void eachAttemptAtAnOrderIsCounted() throws Exception {
        assertThat(Shop.put("orders/m-1", ORDER).statusCode()).isEqualTo(200);
        Shop.breakBackend();
        assertThat(Shop.put("orders/m-2", ORDER).statusCode()).isEqualTo(502);

        Scrape grown = grown();
        assertCalls(grown, "orders", 1, 3, 0, 0, 0);
        assertThat(grown.sum("switchgear_retry_attempts_total", "service", "orders"))
                .isEqualTo(4);
        assertThat(grown.sum("switchgear_retry_retries_total", "service", "orders"))
                .isEqualTo(2);
        assertThat(grown.sum("switchgear_retry_calls_total", "service", "orders", "result", "given_up"))
                .isEqualTo(1);
        assertThat(grown.sum("switchgear_retry_calls_total", "service", "orders"))
                .isEqualTo(1);
    }

    @Test
    void eachPaymentRequestIsCountedWithItsRetries() {
        assertThat(Shop.put("payments/m-1", CHARGE).statusCode()).isEqualTo(200);
        Shop.breakBackend();
        assertThat(Shop.put("payments/m-2", CHARGE).statusCode()).isEqualTo(502);

        Scrape grown = grown();
        assertCalls(grown, "payments", 1, 3, 0, 0, 0);
        assertThat(grown.sum("switchgear_service_requests_total", "service", "payments"))
                .isEqualTo(2);
        assertThat(grown.sum("switchgear_service_failures_total", "service", "payments"))
                .isEqualTo(3);
        assertThat(grown.sum("switchgear_service_retries_total", "service", "payments"))
                .isEqualTo(2);
        assertThat(grown.sum("switchgear_service_cancelled_total")).isZero();
        assertThat(Scrape.ofShop().sum("switchgear_service_pending_requests")).isZero();
    }

    @Test
    void callsAreTimedWhileTheTimerIsOn() throws Exception {
        String count = "circuit_breaker_call_duration_seconds_count";
        RemoteMBean users = SHOP.breaker(USERS);
        SHOP.all().run("changeSettings", "*", "CallTimer=OFF");
        call("users/1", 1, 200);
        assertThat(Scrape.ofShop().has(count)).isFalse();

        users.set("CallTimer", "ON");
        call("users/1", 3, 200);
        Shop.breakBackend();
        call("users/1", 5, 502);
        call("users/1", 2, 503);
        call("products", 1, 502);
        Scrape timed = Scrape.ofShop();
        assertThat(timed.sum(count)).as("the admitted calls of this breaker").isEqualTo(8);
        assertThat(timed.values(count, "service")).containsExactly(USERS);
        assertThat(timed.values("circuit_breaker_call_duration_seconds", "quantile"))
                .containsExactlyInAnyOrder("0.5", "0.95", "0.99");
        assertThat(timed.sum("circuit_breaker_call_duration_seconds_sum")).isPositive();

        users.set("CallTimer", "OFF");
        Scrape off = Scrape.ofShop();
        assertThat(off.metrics()).noneMatch(metric -> metric.startsWith("circuit_breaker_call_duration"));
        assertThat(off.since(before).sum(CALLS, "service", USERS)).isEqualTo(11);
    }

    @Test
    void totalsResetInTheConsoleContinueInTheMeters() throws Exception {
        call("users/1", 2, 200);
        Scrape counted = Scrape.ofShop();
        RemoteMBean users = SHOP.breaker(USERS);
        users.run("resetTotals");

        assertThat(users.get("SuccessesTotal")).isEqualTo(0L);
        assertThat(Scrape.ofShop().since(counted).sum(CALLS, "service", USERS)).isZero();
        call("users/1", 1, 200);
        assertThat(Scrape.ofShop().since(counted).sum(CALLS, "service", USERS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "*/*, text/plain, 0.0.4",
        "text/plain;version=0.0.4, text/plain, 0.0.4",
        "'application/openmetrics-text;version=1.0.0,text/plain;q=0.5', application/openmetrics-text, 1.0.0"
    })
    void theClientChoosesTheFormat(String wanted, String type, String version) {
        HttpResponse<String> response = Server.send(HttpRequest.newBuilder(Server.uri("shop/metrics"))
                .header("Accept", wanted)
                .build());
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .startsWith(type)
                .contains("version=" + version);
        assertThat(response.body()).contains("circuit_breaker_state{service=\"catalogue\"}");
        assertThat(response.body().endsWith("# EOF\n")).isEqualTo(type.contains("openmetrics"));
    }
}
