// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A file that is followed on the server's scheduler. */
@ArquillianTest
class FollowedConfigurationIT extends ConsolePerTest {
    private static final String SHELF = "Shelf#look()";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "following", managed = false, testable = false)
    static WebArchive following() {
        return Archives.guarded("following.war", follow("following", 1));
    }

    @Deployment(name = "waiting", managed = false, testable = false)
    static WebArchive waiting() {
        return Archives.guarded("waiting.war", follow("waiting", 3_600));
    }

    private static String follow(String application, int seconds) {
        return "switchgear.follow = " + file(application) + "\nswitchgear.follow-seconds = " + seconds;
    }

    private static Path file(String application) {
        return Archives.directory("followed").resolve(application + ".properties");
    }

    @Test
    void aChangeOfTheFileReachesTheRunningBreaker() throws Exception {
        Files.writeString(file("following"), "# nothing yet\n");
        deployer.deploy("following");
        try {
            var shelf = console.breaker("following", SHELF);
            assertThat(shelf.get("FailureThreshold")).isEqualTo(2);
            Files.writeString(file("following"), "switchgear.breaker.\"Shelf#look()\".failure-threshold = 7\n");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(shelf.get("FailureThreshold")).isEqualTo(7));
            assertThat(shelf.get("LastChange").toString())
                    .contains("FailureThreshold from 2 to 7, by configuration switchgear.breaker");
        } finally {
            deployer.undeploy("following");
        }
    }

    @Test
    void aLookThatIsDueInAnHourKeepsNoClassOfAnUndeployedApplication() throws Exception {
        Copies copies = Copies.before(console);
        Files.writeString(file("waiting"), "# nothing yet\n");
        for (int i = 0; i < 5; i++) {
            deployer.deploy("waiting");
            deployer.undeploy("waiting");
        }
        copies.areCollected(Duration.ofSeconds(20));
    }
}
