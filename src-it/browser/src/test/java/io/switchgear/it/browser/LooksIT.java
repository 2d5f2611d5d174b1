// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Shop;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page at the widths of a phone and a desktop, light and dark, by keyboard, and for screen readers. */
@ArquillianTest
class LooksIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }

    /** Fills the charts: some calls of each result. */
    @BeforeAll
    static void makeTraffic() {
        Shop.put("traffic", "{\"callsPerSecond\": 40}");
        Shop.put("backend", "{\"failurePercent\": 30, \"latencyMillis\": 60}");
        Page page = CHROMIUM.openShop();
        page.waitForTimeout(15_000);
        Shop.put("backend", "{\"failurePercent\": 0, \"latencyMillis\": 20}");
        Shop.put("backend/orders", "{\"failurePercent\": 60, \"capacity\": 2}");
        page.waitForTimeout(5_000);
    }

    @AfterAll
    static void repair() {
        Shop.put("traffic", "{\"callsPerSecond\": 5}");
        Shop.repairBackend();
    }

    private static List<String> serious(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(LooksIT::described)
                        .toList();
    }

    private static String described(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " at "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "phone, 390, 844, LIGHT",
        "phone, 390, 844, DARK",
        "desktop, 1400, 1000, LIGHT",
        "desktop, 1400, 1000, DARK"
    })
    void nothingSeriousIsWrongInAnyLook(String device, int width, int height, ColorScheme look) {
        Page page = CHROMIUM.openShop(width, height, look);
        String name = device + "-" + look.name().toLowerCase(Locale.ROOT);
        page.waitForTimeout(2_000);
        picture(page, name, device.equals("phone"));
        assertThat((boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing is cut off or scrolled sideways")
                .isTrue();
        assertThat(serious(page)).isEmpty();

        page.locator("summary").first().click();
        page.getByLabel("Settings and mode of orders").click();
        page.locator("#desk-sign-in").click();
        assertThat(serious(page)).isEmpty();
        page.getByLabel("Name").fill("operator");
        page.getByLabel("Password").fill("operator");
        page.keyboard().press("Enter");
        assertThat(page.locator("#desk-fields")).isEnabled();
        assertThat(serious(page)).isEmpty();
        picture(page, name + "-desk", false);
    }

    private static void picture(Page page, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(whole)
                .setPath(Path.of(System.getProperty("pictures.directory"), name + ".png")));
    }

    @Test
    void theKeyboardIsEnough() {
        Page page = CHROMIUM.openShop();
        page.locator("#operator").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("Name")).isFocused();
        page.keyboard().type("operator");
        page.keyboard().press("Tab");
        page.keyboard().type("operator");
        page.keyboard().press("Enter");
        assertThat(page.locator("#operator")).hasText("Sign out operator");
        assertThat(page.locator("#operator")).isFocused();

        page.getByLabel("Settings and mode of catalogue").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#desk")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#desk")).isHidden();
        assertThat(page.getByLabel("Settings and mode of catalogue")).isFocused();
    }

    @Test
    void nothingMovesForThoseWhoPreferThat() {
        Page page = CHROMIUM.newPage(new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
        page.navigate(Chromium.shop());
        assertThat(page.locator("#breakers > li")).hasCount(6);
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.lamp')).transitionDuration"))
                .isEqualTo("0s");
    }
}
