// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.browser;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.ShopConsole;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the page with a browser and a console; each begins with the shop as it was deployed. */
abstract class FreshShopPerTest {
    @RegisterExtension
    static final ShopConsole SHOP = ShopConsole.freshForEachTest();

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Deployment(testable = false)
    static WebArchive shop() {
        return Archives.shop();
    }
}
