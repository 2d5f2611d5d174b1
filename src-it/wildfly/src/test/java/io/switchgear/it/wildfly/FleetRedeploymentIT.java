// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import io.switchgear.it.servers.ConsolePerTest;
import io.switchgear.message.Message;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What a redeployment keeps of an application whose settings are in the server's default database. */
@ArquillianTest
class FleetRedeploymentIT extends ConsolePerTest {
    private static final String SHELF = "Shelf#look()";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "kept", managed = false, testable = false)
    static WebArchive kept() {
        return Archives.guarded("kept.war", "").addAsLibrary(Archives.ejbModule());
    }

    @Test
    void settingsAndModesAreKeptAndClassesAreNot() throws Exception {
        deployer.deploy("kept");
        try {
            Console.RemoteMBean shelf = console.breaker("kept", SHELF);
            shelf.set("FailureThreshold", 7);
            shelf.run("forceOpen", "maintenance");
            await().untilAsserted(() ->
                    assertThat(shelf.get("ChangedSettings").toString()).doesNotContain("not saved"));
        } finally {
            deployer.undeploy("kept");
        }
        // the threads of the server's executors keep the application under which they were created
        long before = console.copies(Message.class);
        for (int i = 0; i < 4; i++) {
            deployer.deploy("kept");
            try {
                Console.RemoteMBean shelf = console.breaker("kept", SHELF);
                assertThat(shelf.get("FailureThreshold")).isEqualTo(7);
                assertThat(shelf.get("Mode")).isEqualTo("FORCED_OPEN");
                assertThat(shelf.get("ModeReason")).isEqualTo("maintenance");
            } finally {
                deployer.undeploy("kept");
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(console.copies(Message.class)).isLessThanOrEqualTo(before + 1));
    }
}
