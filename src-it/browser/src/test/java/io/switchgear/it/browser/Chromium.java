// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.switchgear.it.servers.Server;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The browser of this machine, without a window. Closes the pages of each test, and fails it if one of them had errors.
 */
final class Chromium implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** What a browser says of each response that is not a success; the page says so too. */
    private static final String REFUSED = "Failed to load resource";

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private Playwright playwright;
    private Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(executable()));
    }

    private static Path executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no chromium on the PATH: install it, on Debian by apt-get install chromium"));
    }

    /** Opens the page of the shop as a desktop shows it. */
    Page openShop() {
        return openShop(1_400, 1_000, ColorScheme.LIGHT);
    }

    /** Opens the page of the shop and waits for its breakers. */
    Page openShop(int width, int height, ColorScheme look) {
        Page page =
                newPage(new NewContextOptions().setViewportSize(width, height).setColorScheme(look));
        page.navigate(shop());
        assertThat(page.locator("#breakers > li")).hasCount(6);
        return page;
    }

    /** Returns a page that is blank, in a browser that knows nothing of the other pages. */
    Page newPage(NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        contexts.add(context);
        Page page = context.newPage();
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith(REFUSED)) {
                errors.add(message.text());
            }
        });
        return page;
    }

    static String shop() {
        return Server.uri("shop/").toString();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        List<String> found = List.copyOf(errors);
        errors.clear();
        assertThat(found).as("errors of pages").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        browser.close();
        playwright.close();
    }
}
