// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The responses of the example when the backend fails. */
@ArquillianTest
class ShopIT {
    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @ParameterizedTest
    @CsvSource({"users/1, Users#find(long)"})
    void aFailingBackendIsNotCalledAfterFiveFailures(String path, String name) throws Exception {
        RemoteMBean breaker = SHOP.breaker(name);
        assertThat(Shop.status(path)).isEqualTo(200);

        Shop.fail(path, 5);
        // a call would succeed if it reached the backend
        Shop.repairBackend();
        long failures = (long) breaker.get("FailuresTotal");
        long rejected = (long) breaker.get("RejectedTotal");
        HttpResponse<String> response = Shop.get(path);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 10L);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(breaker.get("FailuresTotal")).isEqualTo(failures);
        assertThat(breaker.get("RejectedTotal")).isEqualTo(rejected + 1);
    }

    @Test
    void aSingleShopIsNoNodeOfAFleet() {
        assertThat(Shop.get("fleet").body()).isEqualTo("{\"changes\":[],\"nodes\":[]}");
    }

    @Test
    void unknownPointsDoNotFailARequest() throws Exception {
        assertThat(Shop.get("users/1/points").body()).contains("\"points\":137");
        Shop.breakBackend();
        for (int call = 1; call <= 6; call++) {
            HttpResponse<String> response = Shop.get("users/1/points");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"userId\":1").doesNotContain("137");
        }
        RemoteMBean points = SHOP.breaker("loyalty-points");
        // a stage may pass its outcome to the fallback, and so to the client, before the breaker
        await().until(() -> points.get("State").equals("OPEN"));
        assertThat((long) SHOP.layer("Fallbacks", "Users#points(long)").get("HandledTotal"))
                .isGreaterThanOrEqualTo(6);
    }

    @Test
    void aProductIsShownAsItWas() throws Exception {
        String product = Shop.get("products/1").body();
        Shop.breakBackend();
        for (int call = 1; call <= 6; call++) {
            assertThat(Shop.get("products/1").body()).isEqualTo(product);
        }
        assertThat(SHOP.breaker("Products#find(long)").get("State")).isEqualTo("OPEN");
        assertThat((long) SHOP.layer("Fallbacks", "Products#find(long)").get("LastGoodHitsTotal"))
                .isGreaterThanOrEqualTo(6);
    }

    @Test
    void anOrderIsAttemptedThreeTimesOrAsOftenAsAnOperatorAllows() throws Exception {
        RemoteMBean breaker = SHOP.breaker("orders");
        RemoteMBean retries = SHOP.layer("Retries", "orders");
        String order = "{\"userId\": 1, \"productId\": 2}";
        assertThat(Shop.put("orders/a-1", order).body()).contains("\"id\":\"a-1\"");

        Shop.breakBackend();
        long failures = (long) breaker.get("FailuresTotal");
        assertThat(Shop.put("orders/a-2", order).statusCode()).isEqualTo(502);
        assertThat(breaker.get("FailuresTotal")).isEqualTo(failures + 3);
        retries.set("MaxAttempts", 1);
        try {
            assertThat(Shop.put("orders/a-2", order).statusCode()).isEqualTo(502);
            assertThat(breaker.get("FailuresTotal")).isEqualTo(failures + 4);
        } finally {
            retries.run("revertSettings");
        }
        assertThat((long) retries.get("RetriesTotal")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aPaymentGoesOverHttpAndIsRetried() throws Exception {
        RemoteMBean service = SHOP.layer("Services", "payments");
        assertThat(Shop.put("payments/a-1", "{\"cents\": 120}").body()).contains("receipt of a-1");

        Shop.breakBackend();
        long retries = (long) service.get("RetriesTotal");
        assertThat(Shop.put("payments/a-2", "{\"cents\": 120}").statusCode()).isEqualTo(502);
        assertThat(service.get("RetriesTotal")).isEqualTo(retries + 2);
        assertThat((String) service.get("LastFailure")).contains("503");
        assertThat(SHOP.breaker("payments").get("OpenMillis")).isEqualTo(10_000L);
        assertThat((String) service.get("Url")).startsWith("http://127.0.0.1:");
        SHOP.breaker("payments").run("forceOpen", "vendor repairs");
        assertThat(Shop.put("payments/a-3", "{\"cents\": 120}").statusCode()).isEqualTo(503);
    }

    @Test
    void aRepairedBackendIsTriedAgainAfterOpenMillis() throws Exception {
        RemoteMBean breaker = SHOP.breaker("Users#find(long)");
        Shop.breakBackend();
        long opening = System.nanoTime();
        for (int failure = 1; failure <= 5; failure++) {
            assertThat(Shop.status("users/1")).isEqualTo(502);
        }
        Shop.repairBackend();
        assertThat(Shop.status("users/1")).isEqualTo(503);

        await().atMost(Duration.ofSeconds(30)).until(() -> Shop.status("users/1") == 200);

        assertThat(System.nanoTime() - opening)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(breaker.get("State")).isEqualTo("HALF_OPEN");
        assertThat(Shop.status("users/1")).isEqualTo(200);
        assertThat(breaker.get("State")).isEqualTo("HALF_OPEN");
        assertThat(Shop.status("users/1")).isEqualTo(200);
        assertThat(breaker.get("State")).isEqualTo("CLOSED");
    }

    @Test
    void aFailedTrialOpensAgain() throws Exception {
        RemoteMBean breaker = SHOP.breaker("Users#find(long)");
        Shop.breakBackend();
        breaker.run("forceOpen", "to be let go at once");
        breaker.run("automatic");
        assertThat(breaker.get("State")).isEqualTo("HALF_OPEN");

        assertThat(Shop.status("users/1")).isEqualTo(502);

        assertThat(breaker.get("State")).isEqualTo("OPEN");
        assertThat(Shop.status("users/1")).isEqualTo(503);
    }

    @Test
    void theCatalogueOpensWhenHalfOfItsCallsFail() throws Exception {
        RemoteMBean breaker = SHOP.breaker("catalogue");
        for (int success = 1; success <= 5; success++) {
            assertThat(Shop.status("products")).isEqualTo(200);
        }
        Shop.breakBackend();
        for (int failure = 1; failure <= 5; failure++) {
            assertThat(breaker.get("State")).isEqualTo("CLOSED");
            assertThat(Shop.status("products")).isEqualTo(502);
        }

        assertThat(breaker.get("State")).isEqualTo("OPEN");
        assertThat((String) breaker.get("LastTrip")).contains("5 failures in the last 10 calls");
        assertThat(Shop.status("products")).isEqualTo(503);
    }
}
