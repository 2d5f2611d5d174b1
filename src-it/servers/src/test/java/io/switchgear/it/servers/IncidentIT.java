// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import io.switchgear.pages.Page;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.InvalidAttributeValueException;
import javax.management.Notification;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs the section "An incident, with JConsole" of the example's page. All quotations there are used here, literally
 * and in order: {@link #says} fails where this test and the page differ.
 */
@ArquillianTest
class IncidentIT {
    private static final String USER = "users/1";
    private static final List<String> BREAKERS =
            List.of("Products#find(long)", "Users#find(long)", "catalogue", "loyalty-points", "orders", "payments");

    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    private final Queue<String> page =
            new ArrayDeque<>(Page.quotations(Page.incident().section("An incident, with JConsole")));
    private final List<Notification> received = new CopyOnWriteArrayList<>();
    private RemoteMBean shop;
    private RemoteMBean users;

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @Test
    void theIncidentHappensAsOnThePage() throws Exception {
        theBackendBreaks();
        whatNeedsAttentionIsOnTop();
        oneSubscriptionIsEnough();
        theBreakerShowsTheReason();
        aBadValueIsRefused();
        severalSettingsChangeAtOnce();
        itIsHeldOpenWhileTheVendorRepairs();
        allAreChangedAtOnce();
        aMistakeIsUndoneAndTheRestExported();
        allIsAsConfigured();
        assertThat(page).as("quoted on the page but not used here").isEmpty();
    }

    private void theBackendBreaks() {
        assertThat(Server.get("shop/").body()).contains("Break the backend", "Repair the backend");
        String broken = says("{\"failurePercent\": 100, \"latencyMillis\": 0}");
        String method = says("PUT");
        HttpRequest request = HttpRequest.newBuilder(Server.uri("shop/" + says("api/backend")))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(broken))
                .build();
        assertThat(Server.send(request).statusCode()).isEqualTo(200);
        int failed = Integer.parseInt(says("502"));
        for (int failure = 1; failure <= 5; failure++) {
            assertThat(Shop.status(USER)).as("failure %d", failure).isEqualTo(failed);
        }
        says("Users#find(long)");
        HttpResponse<String> rejection = Shop.get(USER);
        assertThat(rejection.statusCode()).isEqualTo(Integer.parseInt(says("503")));
        assertThat(rejection.headers().firstValueAsLong(says("Retry-After"))).isPresent();
    }

    private void whatNeedsAttentionIsOnTop() throws Exception {
        shop = SHOP.console()
                .breaker(new ObjectName(
                        says("io.switchgear") + ":type=" + says("CircuitBreakers") + ",application=" + says("shop")));
        assertThat(shop.get(says("OpenCount"))).isEqualTo(1);
        String[] lines = (String[]) shop.get(says("Overview"));
        assertThat(lines).hasSameSizeAs(BREAKERS);
        assertThat(lines[0]).startsWith(says("OPEN") + " ").contains("Users#find(long)", "1 of ", "5 failed");
        String closed = says("CLOSED");
        assertThat(Arrays.stream(lines).skip(1)).allMatch(line -> line.startsWith(closed));
    }

    private void oneSubscriptionIsEnough() throws Exception {
        shop.subscribe(received);
        String catalogue = says("catalogue");
        String type = says("io.switchgear.state.open");
        await().until(() -> Shop.status("products") == 503);
        await().untilAsserted(() -> assertThat(received)
                .anyMatch(notice ->
                        notice.getType().equals(type) && notice.getMessage().startsWith(catalogue)));
    }

    private void theBreakerShowsTheReason() throws Exception {
        users = breaker(says("\"Users#find(long)\""));
        assertThat(users.get(says("State"))).isEqualTo(says("OPEN"));
        assertThat((String) users.get(says("LastTrip")))
                .startsWith(says("5 consecutive failures (threshold 5)"))
                .endsWith(", " + says("the last with io.switchgear.example.BackendException"));
        String[] transitions = (String[]) users.get(says("Transitions"));
        assertThat(transitions).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(transitions[0]).contains("CLOSED to OPEN: 5 consecutive failures");
        assertThat(users.get(says("StateCode"))).isEqualTo(2);
        assertThat((long) users.get(says("RejectedTotal"))).isPositive();
    }

    private void aBadValueIsRefused() throws Exception {
        String threshold = says("FailureThreshold");
        int bad = Integer.parseInt(says("0"));
        String sentence = says("FailureThreshold must be a whole number >= 1 and <= 1000000 but was 0");
        assertThatThrownBy(() -> users.set(threshold, bad))
                .isInstanceOf(InvalidAttributeValueException.class)
                .hasMessage(sentence);
        assertThat(users.get(threshold)).isEqualTo(5);
        assertThat((String) users.get(says("LastRefusedChange"))).contains(sentence);
    }

    private void severalSettingsChangeAtOnce() throws Exception {
        String settings = (String) users.run(says("changeSettings"), says("FailureThreshold=10, OpenMillis=30000"));
        assertThat(settings.lines()).contains("FailureThreshold=10", "OpenMillis=30000", "SuccessThreshold=3");
        assertThat((String) users.get(says("ChangedSettings")))
                .startsWith(says("FailureThreshold=10 (configured 5, changed by"));
        assertThat((String) users.get(says("LastChange")))
                .contains(says("FailureThreshold from 5 to 10, OpenMillis from 10000 to 30000"));
        assertThat((long) users.get(says("OpenRemainingMillis"))).isBetween(10_001L, 30_000L);
    }

    private void itIsHeldOpenWhileTheVendorRepairs() throws Exception {
        users.run(says("forceOpenFor"), Integer.parseInt(says("15")), says("vendor repairs"));
        assertThat(users.get(says("Mode"))).isEqualTo(says("FORCED_OPEN"));
        assertThat(users.get(says("ModeReason"))).isEqualTo("vendor repairs");
        assertThat(((Date) users.get(says("ModeUntil"))).toInstant())
                .isCloseTo(Instant.now().plus(Duration.ofMinutes(15)), within(1, ChronoUnit.MINUTES));
        assertThat(((String[]) shop.get(says("Overview")))[0]).contains("FORCED_OPEN \"vendor repairs\"");
        Shop.repairBackend();
        assertThat(Shop.status(USER)).isEqualTo(503);
        users.run(says("automatic"));
        assertThat(users.get("State")).isEqualTo("HALF_OPEN");
        for (int trial = 1; trial <= 3; trial++) {
            assertThat(Shop.status(USER)).isEqualTo(200);
        }
        assertThat(users.get("State")).isEqualTo("CLOSED");
    }

    private void allAreChangedAtOnce() throws Exception {
        says("shop");
        String change = says("changeSettings");
        assertThat((String[]) shop.run(change, says("*"), says("SuccessThreshold=1")))
                .containsExactlyElementsOf(BREAKERS);
        String refused = says("MinimumCalls=50");
        assertThatThrownBy(() -> shop.run(change, "*", refused))
                .rootCause()
                .hasMessage(says("nothing was changed, since catalogue refuses: MinimumCalls must be <= WindowCalls"
                        + " (20) but was 50"));
        assertThat(users.get("MinimumCalls")).isEqualTo(20);

        assertThat(Shop.status("products/1")).isEqualTo(200);
        shop.run(says("forceOpen"), says("*"), says("vendor repairs"));
        assertThat(List.of(USER, "products")).allMatch(path -> Shop.status(path) == 503);
        // these have fallbacks
        assertThat(List.of("users/1/points", "products/1")).allMatch(path -> Shop.status(path) == 200);
        shop.run(says("automatic"), says("*"));
        assertThat(shop.get("HalfOpenCount")).isEqualTo(BREAKERS.size());
        assertThat(List.of(USER, "users/1/points", "products", "products/1"))
                .allMatch(path -> Shop.status(path) == 200);
        assertThat(Shop.put("orders/a-1", "{\"userId\": 1, \"productId\": 2}").statusCode())
                .isEqualTo(200);
        assertThat(Shop.put("payments/a-1", "{\"cents\": 120}").statusCode()).isEqualTo(200);
        // a stage may pass its outcome to the client before the breaker
        await().until(() -> shop.get("ClosedCount").equals(BREAKERS.size()));
    }

    private void aMistakeIsUndoneAndTheRestExported() throws Exception {
        String undo = says("undoLastChange");
        breaker(says("\"Users#find(long)\"")).run(undo);
        assertThat(users.get(says("SuccessThreshold"))).isEqualTo(Integer.parseInt(says("3")));
        assertThat(users.get("FailureThreshold")).isEqualTo(10);
        String export = says("exportSettings");
        says("shop");
        assertThat(((String) shop.run(export)).lines())
                .contains(says("switchgear.breaker.\"Users#find(long)\".failure-threshold = 10"))
                .contains("switchgear.breaker.\"catalogue\".success-threshold = 1");
        String save = says("saveSettings");
        assertThatThrownBy(() -> shop.run(save)).rootCause().hasMessageContaining(says("switchgear.settings-file"));
    }

    private void allIsAsConfigured() throws Exception {
        shop.run(says("revertSettings"), says("*"));
        String changed = says("ChangedCount");
        int none = Integer.parseInt(says("0"));
        assertThat(shop.get(changed)).isEqualTo(none);
        assertThat(shop.get(says("OpenCount"))).isEqualTo(none);
        assertThat(received)
                .isNotEmpty()
                .allMatch(notice ->
                        BREAKERS.stream().anyMatch(name -> notice.getMessage().startsWith(name + ": "))
                                || notice.getMessage().startsWith("all breakers: refused"));
    }

    private RemoteMBean breaker(String quoted) throws Exception {
        return SHOP.console()
                .breaker(new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=" + quoted));
    }

    /** Checks that the next quotation on the page is this one, and returns it. */
    private String says(String quoted) {
        assertThat(page.poll()).as("the next quotation on the page").isEqualTo(quoted);
        return quoted;
    }
}
