// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import io.switchgear.it.servers.Console.RemoteMBean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A console that is connected to the example during all tests of a class, and stops the simulated shoppers there. It
 * must be registered by a static field, so that it connects after the deployment of the example.
 */
public final class ShopConsole implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final boolean freshForEachTest;
    private Console console;

    private ShopConsole(boolean freshForEachTest) {
        this.freshForEachTest = freshForEachTest;
    }

    /**
     * Creates a console that, before each test, repairs the backend and restores the breakers as they were deployed.
     */
    public static ShopConsole freshForEachTest() {
        return new ShopConsole(true);
    }

    /** Creates a console that leaves the breakers as they are. */
    public static ShopConsole sharedByAllTests() {
        return new ShopConsole(false);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        console = Console.connect();
        Shop.empty(console);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (freshForEachTest) {
            Shop.repairBackend();
            all().run("revertSettings", "*");
            all().run("automatic", "*");
            all().run("reset", "*");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        console.close();
    }

    public Console console() {
        return console;
    }

    /** Returns the MBean of all breakers of the example. */
    public RemoteMBean all() throws JMException {
        return console.all(Shop.APPLICATION);
    }

    public RemoteMBean breaker(String name) throws JMException {
        return console.breaker(Shop.APPLICATION, name);
    }

    /**
     * Returns the MBean of a retry, a fallback or a service of the example.
     *
     * @param type such as {@code Retries}
     */
    public RemoteMBean layer(String type, String name) throws JMException {
        return console.breaker(new ObjectName(
                "io.switchgear:type=" + type + ",application=" + Shop.APPLICATION + ",name=" + ObjectName.quote(name)));
    }
}
