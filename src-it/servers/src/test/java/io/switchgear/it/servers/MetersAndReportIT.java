// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks that the meters and the report of the example agree with its MBeans. */
@ArquillianTest
class MetersAndReportIT {
    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.sharedByAllTests();

    private static RemoteMBean all;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    /** Makes calls with all outcomes, until nothing changes by itself any more. */
    @BeforeAll
    static void shopForAWhile() throws Exception {
        all = SHOP.all();
        // earlier outcomes of the simulated shoppers must not keep the catalogue from opening
        all.run("reset", "*");
        all.run("changeSettings", "*", "OpenMillis=3600000");
        visitEverything();
        Shop.breakBackend();
        for (int visit = 1; visit <= 12; visit++) {
            visitEverything();
        }
        all.run("forceOpen", "catalogue", "vendor repairs");
        all.run("reset", "payments");
        all.run("revertSettings", "payments");
    }

    private static void visitEverything() {
        List.of("users/1", "users/1/points", "products/1", "products").forEach(Shop::status);
        Shop.put("orders/f-1", "{\"userId\": 1, \"productId\": 2}");
        Shop.put("payments/f-1", "{\"cents\": 120}");
    }

    private static List<RemoteMBean> beans(String type) throws Exception {
        List<RemoteMBean> beans = SHOP.console().breakers().stream()
                .filter(name -> name.getKeyProperty("type").equals(type) && name.getKeyProperty("name") != null)
                .map(SHOP.console()::breaker)
                .toList();
        assertThat(beans).isNotEmpty();
        return beans;
    }

    private static String service(RemoteMBean bean) {
        return ObjectName.unquote(bean.name().getKeyProperty("name"));
    }

    private static double number(RemoteMBean bean, String attribute) throws Exception {
        return ((Number) bean.get(attribute)).doubleValue();
    }

    @Test
    void theMetersOfABreakerAreItsAttributes() throws Exception {
        String calls = "circuit_breaker_calls_total";
        String reasons = "circuit_breaker_rejected_total";
        Scrape scrape = Scrape.ofShop();
        List<RemoteMBean> breakers = beans("CircuitBreakers");
        assertThat(breakers).hasSize(6);
        for (RemoteMBean breaker : breakers) {
            String name = service(breaker);
            double slow = scrape.sum(calls, "service", name, "result", "slow");
            assertThat(scrape.sum(calls, "service", name, "result", "success") + slow)
                    .isEqualTo(number(breaker, "SuccessesTotal"));
            assertThat(slow).isLessThanOrEqualTo(number(breaker, "SlowCallsTotal"));
            assertThat(scrape.sum(calls, "service", name, "result", "failure"))
                    .isPositive()
                    .isEqualTo(number(breaker, "FailuresTotal"));
            assertThat(scrape.sum(calls, "service", name, "result", "ignored"))
                    .isEqualTo(number(breaker, "IgnoredTotal"));
            double rejected = scrape.sum(calls, "service", name, "result", "rejected");
            assertThat(rejected).isEqualTo(number(breaker, "RejectedTotal"));
            assertThat(scrape.sum(reasons, "service", name)).isEqualTo(rejected);
            assertThat(breaker.get("RejectedReasons")).isEqualTo(reasons(scrape, name));
            double fallbacks = scrape.sum(calls, "service", name, "result", "fallback");
            assertThat(fallbacks).isEqualTo(number(breaker, "FallbacksTotal"));
            assertThat(scrape.sum(calls, "service", name) - fallbacks).isEqualTo(number(breaker, "CallsTotal"));
            assertThat(scrape.sum("circuit_breaker_state", "service", name)).isEqualTo(number(breaker, "StateCode"));
            assertThat(scrape.sum("circuit_breaker_calls_in_flight", "service", name))
                    .isEqualTo(number(breaker, "CallsInFlight"));
            assertThat(scrape.sum("circuit_breaker_overridden", "service", name))
                    .isEqualTo(breaker.get("Mode").equals("AUTOMATIC") ? 0 : 1);
            // the one that was forced open had opened by its own decision before
            assertThat(scrape.sum("circuit_breaker_transitions_total", "service", name, "to", "open"))
                    .isPositive()
                    .isEqualTo(number(breaker, "OpenedTotal"));
        }
        assertThat(scrape.sum(calls, "result", "rejected")).isEqualTo(number(all, "RejectedTotal"));
    }

    private static String reasons(Scrape scrape, String name) {
        return Stream.of("open", "forced_open", "trials_taken", "share_taken", "too_many_calls")
                .filter(reason -> rejections(scrape, name, reason) > 0)
                .map(reason -> reason.toUpperCase(Locale.ROOT) + " " + rejections(scrape, name, reason))
                .collect(Collectors.joining(", "));
    }

    private static long rejections(Scrape scrape, String name, String reason) {
        return (long) scrape.sum("circuit_breaker_rejected_total", "service", name, "reason", reason);
    }

    @Test
    void theMetersOfRetriesAreTheirAttributes() throws Exception {
        Scrape scrape = Scrape.ofShop();
        for (RemoteMBean retries : beans("Retries")) {
            String name = service(retries);
            assertThat(scrape.sum("switchgear_retry_attempts_total", "service", name))
                    .isPositive()
                    .isEqualTo(number(retries, "AttemptsTotal"));
            assertThat(scrape.sum("switchgear_retry_retries_total", "service", name))
                    .isPositive()
                    .isEqualTo(number(retries, "RetriesTotal"));
            String calls = "switchgear_retry_calls_total";
            assertThat(scrape.sum(calls, "service", name, "result", "recovered"))
                    .isEqualTo(number(retries, "RecoveredTotal"));
            assertThat(scrape.sum(calls, "service", name, "result", "given_up"))
                    .isPositive()
                    .isEqualTo(number(retries, "GivenUpTotal"));
            assertThat(scrape.sum(calls, "service", name, "result", "refused"))
                    .isEqualTo(number(retries, "RefusedByBudgetTotal"));
            // the free retries come back within a second after the last retry
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Scrape.ofShop().sum("switchgear_retry_budget", "service", name))
                            .isPositive()
                            .isEqualTo(number(retries, "BudgetBalance")));
        }
    }

    @Test
    void theMetersOfFallbacksAreTheirAttributes() throws Exception {
        Scrape scrape = Scrape.ofShop();
        for (RemoteMBean fallbacks : beans("Fallbacks")) {
            String name = service(fallbacks);
            String calls = "switchgear_fallback_calls_total";
            assertThat(scrape.sum(calls, "service", name)).isPositive();
            assertThat(scrape.sum(calls, "service", name, "result", "handled"))
                    .isEqualTo(number(fallbacks, "HandledTotal"));
            assertThat(scrape.sum(calls, "service", name, "result", "failed"))
                    .isEqualTo(number(fallbacks, "FailedTotal"));
            assertThat(scrape.sum(calls, "service", name, "result", "last_good"))
                    .isEqualTo(number(fallbacks, "LastGoodHitsTotal"));
            assertThat(scrape.sum(calls, "service", name, "result", "last_good_missed"))
                    .isEqualTo(number(fallbacks, "LastGoodMissesTotal"));
            assertThat(scrape.sum("switchgear_fallback_last_good_values", "service", name))
                    .isEqualTo(number(fallbacks, "LastGoodValues"));
        }
    }

    @Test
    void theMetersOfServicesAreTheirAttributes() throws Exception {
        Scrape scrape = Scrape.ofShop();
        for (RemoteMBean service : beans("Services")) {
            String name = service(service);
            assertThat(scrape.sum("switchgear_service_requests_total", "service", name))
                    .isPositive()
                    .isEqualTo(number(service, "RequestsTotal"));
            assertThat(scrape.sum("switchgear_service_failures_total", "service", name))
                    .isPositive()
                    .isEqualTo(number(service, "FailuresTotal"));
            assertThat(scrape.sum("switchgear_service_retries_total", "service", name))
                    .isPositive()
                    .isEqualTo(number(service, "RetriesTotal"));
            assertThat(scrape.sum("switchgear_service_cancelled_total", "service", name))
                    .isEqualTo(number(service, "CancelledTotal"));
            assertThat(scrape.sum("switchgear_service_last_good_hits_total", "service", name))
                    .isEqualTo(number(service, "LastGoodHitsTotal"));
            assertThat(scrape.sum("switchgear_service_pending_requests", "service", name))
                    .isEqualTo(number(service, "PendingRequests"));
        }
    }

    @Test
    void theReportCountsWhatTheConsoleCounts() throws Exception {
        JsonObject report = report();

        assertThat(Instant.parse(report.getString("at"))).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(report.getBoolean("healthy")).isFalse();
        assertThat(report.getInt("closed")).isEqualTo(1).isEqualTo(all.get("ClosedCount"));
        assertThat(report.getInt("halfOpen")).isEqualTo(0).isEqualTo(all.get("HalfOpenCount"));
        assertThat(report.getInt("open")).isEqualTo(5).isEqualTo(all.get("OpenCount"));
        assertThat(report.getInt("overridden")).isEqualTo(1).isEqualTo(all.get("OverriddenCount"));
        assertThat(report.getInt("changed")).isEqualTo(5).isEqualTo(all.get("ChangedCount"));
    }

    @Test
    void theReportAgreesWithTheConsoleOnEachBreaker() throws Exception {
        List<JsonObject> reported = report().getJsonArray("breakers").getValuesAs(JsonObject.class);

        assertThat(reported).hasSize(6);
        assertThat(reported.get(5).getString("name")).as("the closed one").isEqualTo("payments");
        for (JsonObject breaker : reported) {
            RemoteMBean bean = SHOP.breaker(breaker.getString("name"));
            assertThat(breaker.getString("state")).isEqualTo(bean.get("State"));
            assertThat(breaker.getString("mode")).isEqualTo(bean.get("Mode"));
            assertThat(breaker.getString("modeReason")).isEqualTo(bean.get("ModeReason"));
            assertThat(breaker.getBoolean("healthy"))
                    .isEqualTo(bean.get("State").equals("CLOSED"));
            assertThat(breaker.getInt("calls")).isEqualTo((int) number(bean, "CallsTotal"));
            assertThat(breaker.getInt("failures")).isEqualTo((int) number(bean, "FailuresTotal"));
            assertThat(breaker.getInt("rejected")).isEqualTo((int) number(bean, "RejectedTotal"));
            assertThat(breaker.getString("lastFailure")).isEqualTo(bean.get("LastFailure"));
            assertThat(Date.from(Instant.parse(breaker.getString("lastFailureTime"))))
                    .isEqualTo(bean.get("LastFailureTime"));
            assertThat(breaker.getInt("trialSuccesses")).isEqualTo(bean.get("TrialSuccesses"));
            assertThat(breaker.getString("lastTrip")).isEqualTo(bean.get("LastTrip"));
            assertThat(Date.from(Instant.parse(breaker.getString("stateSince"))))
                    .isEqualTo(bean.get("StateSince"));
            assertThat(breaker.getInt("changedSettings"))
                    .isEqualTo(breaker.getString("name").equals("payments") ? 0 : 1);
        }
    }

    private static JsonObject report() {
        HttpResponse<String> response = Server.get("shop/report");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        return Json.createReader(new StringReader(response.body())).readObject();
    }
}
