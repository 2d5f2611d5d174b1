package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.wildfly.Console.BreakerMBean;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What visitors of the example meet when the backend breaks down. */
@ArquillianTest
class ShopIT {
    private static Console console;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @BeforeAll
    static void emptyTheShop() throws Exception {
        console = Console.connect();
        Shop.empty(console);
    }

    @AfterAll
    static void disconnect() throws Exception {
        console.close();
    }

    @BeforeEach
    void everythingWorks() throws Exception {
        Shop.mendBackend();
        for (ObjectName name : console.breakers(Shop.APPLICATION)) {
            console.breaker(name).run("reset");
        }
    }

    @ParameterizedTest
    @CsvSource({"users/1, Users#find(long)", "users/1/points, loyalty-points", "products/1, Products#find(long)"})
    void aBrokenBackendIsLeftAloneAfterFiveFailures(String path, String name) throws Exception {
        BreakerMBean breaker = console.breaker(Shop.APPLICATION, name);
        assertThat(Shop.status(path)).isEqualTo(200);

        Shop.breakBackend();
        for (int failure = 1; failure <= 5; failure++) {
            assertThat(Shop.status(path)).as("failure %d", failure).isEqualTo(502);
        }
        // it would answer if it were asked
        Shop.mendBackend();
        long failures = (long) breaker.get("FailuresTotal");
        long rejected = (long) breaker.get("RejectedTotal");
        HttpResponse<String> response = Shop.get(path);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 10L);
        assertThat(response.body()).contains(name);
        assertThat(breaker.get("FailuresTotal")).isEqualTo(failures);
        assertThat(breaker.get("RejectedTotal")).isEqualTo(rejected + 1);
    }

    @Test
    void aMendedBackendIsTriedAgainAfterOpenMillis() throws Exception {
        BreakerMBean breaker = console.breaker(Shop.APPLICATION, "Users#find(long)");
        Shop.breakBackend();
        long opening = System.nanoTime();
        for (int failure = 1; failure <= 5; failure++) {
            assertThat(Shop.status("users/1")).isEqualTo(502);
        }
        Shop.mendBackend();
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
        BreakerMBean breaker = console.breaker(Shop.APPLICATION, "Users#find(long)");
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
        BreakerMBean breaker = console.breaker(Shop.APPLICATION, "catalogue");
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
