// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Shop;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that is left open while the shop is deployed again. */
@ArquillianTest
class RedeployedPageIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "shop", testable = false, managed = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    @Test
    void aPageThatStaysOpenRecoversByItself() {
        deployer.deploy("shop");
        Page page = CHROMIUM.openShop();
        page.evaluate("window.sameDocument = true");

        deployer.undeploy("shop");
        assertThat(page.locator("#trouble")).isVisible(new IsVisibleOptions().setTimeout(10_000));
        assertThat(page.locator("#breakers")).hasAttribute("data-stale", "");

        deployer.deploy("shop");
        assertThat(page.locator("#trouble")).isHidden(new IsHiddenOptions().setTimeout(10_000));
        assertThat(page.locator("#breakers > li")).hasCount(6);
        Shop.put("backend/users", "{\"failurePercent\": 100}");
        for (int failure = 1; failure <= 5; failure++) {
            Shop.status("users/1");
        }
        assertThat(LivePageIT.tile(page, "Users#find(long)").locator(".word")).hasText("OPEN");
        assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
        deployer.undeploy("shop");
    }
}
