// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import io.switchgear.it.servers.Server;
import io.switchgear.it.servers.Shop;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.InputStream;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** What the page shows, and how soon. */
@ArquillianTest
class LivePageIT extends FreshShopPerTest {
    private static final String USERS = "Users#find(long)";
    private static final double SECOND = 1_000;

    static Locator tile(Page page, String breaker) {
        return page.locator("#breakers > li")
                .filter(new Locator.FilterOptions().setHas(page.getByText(breaker, exactly())));
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    private static HasTextOptions withinASecond() {
        return new HasTextOptions().setTimeout(SECOND);
    }

    private static JsonObject row(String breaker) {
        return Json.createReader(new StringReader(Shop.get("breakers").body()))
                .readArray()
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(row -> row.getString("name").equals(breaker))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingComesFromTheShop() {
        List<String> urls = new ArrayList<>();
        Page page = CHROMIUM.newPage(new NewContextOptions());
        page.onRequest(request -> urls.add(request.url()));
        page.navigate(Chromium.shop());
        assertThat(page.locator("#summary")).hasText("All 6 closed");
        assertThat(page.locator(".chart canvas")).hasCount(12);
        assertThat(urls)
                .anyMatch(url -> url.endsWith("/uPlot.esm.js"))
                .allMatch(url -> url.startsWith(Chromium.shop()));
    }

    @Test
    void theTileSaysSoWithinASecondWhenABreakerOpens() {
        Page page = CHROMIUM.openShop();
        Locator tile = tile(page, USERS);
        assertThat(tile.locator(".word")).hasText("CLOSED");
        tile.evaluate(
                "tile => new MutationObserver(() => { window.opened ??= tile.dataset.state === 'OPEN' ? Date.now() :"
                        + " undefined }).observe(tile, { attributes: true })");

        Shop.fail("users/1", 5);

        assertThat(tile.locator(".word")).hasText("OPEN");
        assertThat(tile.locator(".trip")).containsText("5 consecutive failures (threshold 5)");
        assertThat(tile.locator(".admitted")).hasText("0 %");
        long seen = ((Number) page.evaluate("window.opened")).longValue();
        long opened = Instant.parse(row(USERS).getString("stateSince")).toEpochMilli();
        assertThat(seen - opened).isBetween(0L, 1_000L);
    }

    @Test
    void aChangeInAConsoleIsOnThePageWithinASecond() throws Exception {
        Page page = CHROMIUM.openShop();
        Locator tile = tile(page, USERS);
        SHOP.breaker(USERS).set("FailureThreshold", 7);
        assertThat(tile.locator(".measure")).hasText("0 consecutive failures, opens at 7", withinASecond());
        assertThat(tile.locator(".tuned li")).containsText("FailureThreshold 7 (configured 5), by ");

        SHOP.breaker(USERS).run("forceOpen", "vendor repairs");
        assertThat(tile.locator(".mode")).hasText("Mode FORCED_OPEN: vendor repairs", withinASecond());
        SHOP.all().run("revertSettings", "*");
        assertThat(tile.locator(".tuned li")).hasCount(0);
    }

    @Test
    void theChartsShowCallsByResultAndTheirDuration() {
        Page page = CHROMIUM.openShop();
        Locator catalogue = tile(page, "catalogue");
        Shop.put("traffic", "{\"callsPerSecond\": 50}");
        try {
            assertThat(catalogue.locator(".calls"))
                    .hasAttribute(
                            "aria-label", Pattern.compile("In the last second: [1-9]\\d* succeeded, .* 0 rejected"));
            assertThat(catalogue.locator(".latency"))
                    .hasAttribute("aria-label", Pattern.compile("Calls of the last second took .* ms.*"));
            assertThat(catalogue.locator(".timeline"))
                    .hasAttribute("aria-label", Pattern.compile("In the last \\d+ seconds: closed for.*"));
        } finally {
            Shop.put("traffic", "{\"callsPerSecond\": 0}");
        }
    }

    @Test
    void aKnobBreaksTheBackendOfOneServiceAlone() {
        Page page = CHROMIUM.openShop();
        Locator orders = page.locator("details").filter(new Locator.FilterOptions().setHasText("orders"));
        orders.locator("summary").click();
        orders.getByLabel("Calls that fail").fill("100");
        assertThat(orders.locator(".conditions")).containsText("100 % fail");
        orders.getByLabel("Calls hang").check();
        assertThat(orders.locator(".conditions")).containsText("hangs, 100 % fail");
        assertThat(Shop.get("backend/orders").body()).contains("\"failurePercent\":100", "\"hanging\":true");
        assertThat(Shop.get("backend/users").body()).contains("\"failurePercent\":0", "\"hanging\":false");
        page.locator("#repair").click();
        assertThat(orders.locator(".conditions")).not().containsText("fail");
    }

    @Test
    void onePageTooManySaysSoAndOpensWhenAnotherCloses() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest live = HttpRequest.newBuilder(Server.uri("shop/api/live")).build();
        for (int stream = 0; stream < 100; stream++) {
            // the streams of pages that other tests have closed end within a second
            HttpResponse<InputStream> response = await().until(
                            () -> client.send(live, BodyHandlers.ofInputStream()), each -> each.statusCode() == 200);
            streams.add(response.body());
        }
        Page page = CHROMIUM.newPage(new NewContextOptions());
        page.navigate(Chromium.shop());
        assertThat(page.locator("#trouble"))
                .containsText(
                        "all 100 streams of events are in use; close the page of the shop in another browser",
                        new ContainsTextOptions().setTimeout(5 * SECOND));
        for (InputStream stream : streams) {
            stream.close();
        }
        assertThat(page.locator("#trouble")).isHidden();
        assertThat(page.locator("#breakers > li")).hasCount(6);
    }
}
