// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route.FulfillOptions;
import io.switchgear.it.servers.Server;
import io.switchgear.it.servers.Shop;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** What an operator can do on the page, and others cannot. */
@ArquillianTest
class OperatorIT extends FreshShopPerTest {
    private static final String USERS = "Users#find(long)";

    private static void signIn(Page page, String password) {
        page.getByLabel("Name").fill("operator");
        page.getByLabel("Password").fill(password);
        page.locator("#sign-in-form button").first().click();
    }

    private static Page openDesk(String breaker) {
        Page page = CHROMIUM.openShop();
        page.locator("#operator").click();
        signIn(page, "operator");
        assertThat(page.locator("#operator")).hasText("Sign out operator");
        page.getByLabel("Settings and mode of " + breaker).click();
        return page;
    }

    /** Sends an operation as a client that is no browser. */
    private static int post(String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(Server.uri("shop/api/operator/" + path)).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Server.send(request.build()).statusCode();
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anOperatorTunesAndARefusalIsAtItsField() throws Exception {
        Page page = openDesk(USERS);
        page.locator("#setting-FailureThreshold").fill("0");
        page.getByText("Apply", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#refusal-FailureThreshold"))
                .hasText("FailureThreshold must be a whole number >= 1 and <= 1000000 but was \"0\"");
        assertThat(page.locator("#setting-FailureThreshold")).isFocused();
        assertThat(SHOP.breaker(USERS).get("FailureThreshold")).isEqualTo(5);

        page.locator("#setting-FailureThreshold").fill("9");
        page.getByText("Apply", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#about-FailureThreshold")).containsText("Configured 5, changed by operator");
        assertThat(page.locator("#refusal-FailureThreshold")).isEmpty();
        assertThat(SHOP.breaker(USERS).get("FailureThreshold")).isEqualTo(9);
        assertThat((String) SHOP.breaker(USERS).get("ChangedSettings"))
                .startsWith("FailureThreshold=9 (configured 5, changed by operator");

        page.getByText("Undo last change").click();
        assertThat(page.locator("#setting-FailureThreshold")).hasValue("5");
    }

    @Test
    void anOperatorForcesAndReleases() throws Exception {
        Page page = openDesk("orders");
        page.locator("[name=mode]").selectOption("FORCED_OPEN");
        page.getByLabel("Minutes").fill("15");
        page.getByLabel("Reason").fill("vendor repairs");
        page.getByText("Set mode").click();
        assertThat(page.locator("#desk-state")).hasText("OPEN, mode FORCED_OPEN");
        assertThat(SHOP.breaker("orders").get("ModeReason")).isEqualTo("vendor repairs");

        page.getByText("Half-open now").click();
        assertThat(page.locator("#mode-form .refusal"))
                .hasText("only a breaker that is open by its own decision can be half-opened");
        page.locator("[data-operation=reset]").click();
        assertThat(page.locator("#desk-state")).hasText("CLOSED, mode AUTOMATIC");
    }

    @Test
    void anOperatorRehearsesAndApplies() throws Exception {
        Page page = openDesk(USERS);
        page.locator("#setting-OpenMillis").fill("20000");
        page.getByText("Rehearse", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#comparison"))
                .containsText("OpenMillis from 10000 to 20000: would be CLOSED; opened 0 times");
        assertThat(SHOP.breaker(USERS).get("OpenMillis")).isEqualTo(10_000L);
        page.getByText("Apply what is rehearsed").click();
        assertThat(page.locator("#rehearsal")).isHidden();
        assertThat(SHOP.breaker(USERS).get("OpenMillis")).isEqualTo(20_000L);
    }

    @Test
    void aGuestReadsAndChangesNothing() throws Exception {
        Page page = CHROMIUM.openShop();
        page.getByLabel("Settings and mode of " + USERS).click();
        assertThat(page.locator("#setting-FailureThreshold")).hasValue("5");
        assertThat(page.locator("#setting-FailureThreshold")).isDisabled();
        assertThat(page.locator("#desk-guest")).isVisible();
        page.locator("#desk-sign-in").click();
        signIn(page, "guess");
        assertThat(page.locator("#sign-in-form .refusal")).containsText("sign in with the name and the password");
        assertThat(page.locator("#setting-FailureThreshold")).isDisabled();

        String json = "application/json";
        for (List<String> headers : List.of(
                List.<String>of(),
                List.of("Authorization", basic("operator:guess")),
                List.of("Authorization", "Basic %%%"),
                List.of("Authorization", basic("operator")))) {
            List<String> all = new ArrayList<>(headers);
            all.addAll(List.of("Content-Type", json));
            for (String path : List.of(
                    "reset?breaker=orders",
                    "mode?breaker=orders",
                    "settings?breaker=orders",
                    "rehearsal?breaker=orders")) {
                assertThat(post(path, "{}", all.toArray(String[]::new)))
                        .as("%s %s", path, headers)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void aFormOfAnotherSiteIsRefusedEvenIfTheBrowserKnowsThePassword() throws Exception {
        SHOP.breaker("orders").run("forceOpen", "vendor repairs");
        String action = Server.uri("shop/api/operator/reset?breaker=orders").toString();
        Page page = CHROMIUM.newPage(
                new NewContextOptions().setExtraHTTPHeaders(Map.of("Authorization", basic("operator:operator"))));
        page.route(
                "http://elsewhere.example/**",
                route -> route.fulfill(new FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<form method=post enctype='text/plain' action='" + action
                                + "'><input name='{\"a\":\"' value='\"}'><button>Win</button></form>")));
        page.navigate("http://elsewhere.example/");
        Response response =
                page.waitForResponse(action, () -> page.getByText("Win").click());
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).contains("not for pages of other sites");

        String operator = basic("operator:operator");
        assertThat(post("reset?breaker=orders", "{}", "Authorization", operator, "Content-Type", "text/plain"))
                .isEqualTo(415);
        assertThat(post(
                        "reset?breaker=orders",
                        "{}",
                        "Authorization",
                        operator,
                        "Content-Type",
                        "application/json",
                        "Sec-Fetch-Site",
                        "cross-site"))
                .isEqualTo(403);
        assertThat(SHOP.breaker("orders").get("Mode")).isEqualTo("FORCED_OPEN");
        assertThat(post("reset?breaker=orders", "{}", "Authorization", operator, "Content-Type", "application/json"))
                .isEqualTo(204);
        assertThat(SHOP.breaker("orders").get("Mode")).isEqualTo("AUTOMATIC");
        assertThat(Shop.status("breakers")).isEqualTo(200);
    }

    @Test
    void badInputOfAnOperatorIsRefusedWithASentence() {
        String operator = basic("operator:operator");
        String json = "application/json";
        for (List<String> request : List.of(
                List.of("settings?breaker=orders", "{\"Threshold\": 3}"),
                List.of("settings?breaker=orders", "[]"),
                List.of("mode?breaker=orders", "{\"mode\": \"OPEN\"}"),
                List.of("mode?breaker=orders", "{\"mode\": \"FORCED_OPEN\", \"minutes\": 0}"),
                List.of("rehearsal/apply?breaker=orders", "{}"),
                List.of("reset?breaker=nothing", "{}"))) {
            assertThat(post(request.get(0), request.get(1), "Authorization", operator, "Content-Type", json))
                    .as("%s", request)
                    .isEqualTo(400);
        }
    }
}
