// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import io.switchgear.it.servers.Shop;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** Many pages of one browser, which has six connections to a server. All are visible, as in windows side by side. */
@ArquillianTest
class PagesOfOneBrowserIT extends FreshShopPerTest {
    private static final int PAGES = 8;
    private static final double TWO_SECONDS = 2_000;

    private static List<Page> openPages() {
        List<Page> pages = new ArrayList<>();
        pages.add(CHROMIUM.openShop());
        while (pages.size() < PAGES) {
            Page page = pages.get(0).context().newPage();
            pages.add(page);
            page.navigate(Chromium.shop());
            assertThat(page.locator("#breakers > li")).hasCount(6, new HasCountOptions().setTimeout(TWO_SECONDS));
        }
        return pages;
    }

    @Test
    void theKnobsOfTheEighthWorkAndAllShowWhatHappens() throws Exception {
        List<Page> pages = openPages();
        Page eighth = pages.get(PAGES - 1);
        assertThat(eighth.evaluate("document.visibilityState")).isEqualTo("visible");
        eighth.locator("#break").click();
        assertThat(eighth.locator("#backends .conditions").first())
                .containsText("100 % fail", new ContainsTextOptions().setTimeout(TWO_SECONDS));

        SHOP.breaker("orders").run("forceOpen", "vendor repairs");
        for (Page page : pages) {
            assertThat(LivePageIT.tile(page, "orders").locator(".mode"))
                    .hasText("Mode FORCED_OPEN: vendor repairs", new HasTextOptions().setTimeout(TWO_SECONDS));
        }
    }

    @Test
    void thoseThatStayGoOnWhenTheFirstCloses() throws Exception {
        List<Page> pages = openPages();
        pages.get(0).close();
        SHOP.breaker("orders").run("forceOpen", "vendor repairs");
        assertThat(LivePageIT.tile(pages.get(1), "orders").locator(".word"))
                .hasText("OPEN", new HasTextOptions().setTimeout(TWO_SECONDS));
        assertThat(pages.get(1).locator("#trouble")).isHidden();
    }

    @Test
    void aPageWhoseWorkerFallsSilentSaysSo() {
        Page page = CHROMIUM.newPage(new NewContextOptions());
        page.addInitScript("window.SharedWorker = class {}");
        page.navigate(Chromium.shop());
        assertThat(page.locator("#trouble"))
                .hasText("Reading the breakers: the shop has fallen silent", new HasTextOptions().setTimeout(7_000));
    }

    @Test
    void aBrowserWithoutSharedWorkersShowsTheBreakersToo() {
        Page page = CHROMIUM.newPage(new NewContextOptions());
        page.addInitScript("delete window.SharedWorker");
        page.navigate(Chromium.shop());
        assertThat(page.locator("#breakers > li")).hasCount(6);
        Shop.fail("users/1", 5);
        assertThat(LivePageIT.tile(page, "Users#find(long)").locator(".word")).hasText("OPEN");
    }
}
