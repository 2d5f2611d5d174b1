// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.switchgear.message.Message;
import java.io.IOException;
import java.time.Duration;
import javax.management.JMException;

/** The copies of the library in the server's memory, one for each application that is not yet collected. */
final class Copies {
    private final Console console;
    private final long before;

    private Copies(Console console) throws IOException, JMException {
        this.console = console;
        this.before = console.copies(Message.class);
    }

    /** Counts the copies before an application is deployed. */
    static Copies before(Console console) throws IOException, JMException {
        return new Copies(console);
    }

    /**
     * Checks that undeployed applications are collected, but for one that Java 17 keeps itself: the last that compared
     * records. On Payara, threads of its executor also keep the application under which they were created. Must be the
     * last check of a test, as the test ends here as skipped on GlassFish; see {@link FailedDeploymentsIT}.
     */
    void areCollected(Duration within) {
        String server = System.getProperty("server.name");
        assumeFalse(
                server.startsWith("glassfish"),
                "the server keeps every undeployed application, so that only its class loaders are not checked");
        int kept = server.equals("payara") ? 3 : 1;
        await().atMost(within)
                .untilAsserted(() -> assertThat(console.copies(Message.class)).isLessThanOrEqualTo(before + kept));
    }
}
