// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.failing.Footprint;
import io.switchgear.it.servers.failing.Room;
import io.switchgear.it.servers.failing.TooLate;
import io.switchgear.it.servers.guarded.Backend;
import io.switchgear.it.servers.guarded.Rest;
import io.switchgear.it.servers.guarded.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What applications leave behind in the server that fail after their start, and what the server itself keeps. */
@ArquillianTest
class FailedDeploymentsIT extends ConsolePerTest {
    private static final int TIMES = 10;
    private static final Duration SOON = Duration.ofSeconds(20);

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "failing", managed = false, testable = false)
    static WebArchive failing() {
        return ShrinkWrap.create(WebArchive.class, "failing.war")
                .addPackage(Backend.class.getPackage())
                .addClass(TooLate.class)
                .addAsLibrary(Archives.extension());
    }

    /** Fails in its second module, when the beans of the first are in use. */
    @Deployment(name = "failing-in-ear", managed = false, testable = false)
    static EnterpriseArchive failingInEar() {
        WebArchive first = ShrinkWrap.create(WebArchive.class, "first.war")
                .addClasses(Backend.class, Shelf.class, Rest.class, Rest.Rejected.class);
        WebArchive late = ShrinkWrap.create(WebArchive.class, "late.war")
                .addPackage(Backend.class.getPackage())
                .addClass(TooLate.class);
        return ShrinkWrap.create(EnterpriseArchive.class, "failing-in-ear.ear")
                .addAsModules(first, late)
                .addAsLibrary(Archives.extension());
    }

    @Deployment(name = "foreign", managed = false, testable = false)
    static WebArchive withoutTheLibrary() {
        return ShrinkWrap.create(WebArchive.class, "foreign.war")
                // GlassFish 8 keeps no application without beans
                .addClasses(Footprint.class, Backend.class, Room.class, Room.Rooms.class);
    }

    @ParameterizedTest
    @CsvSource({"failing, 10", "failing-in-ear, 3"})
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "liberty",
            disabledReason = "the server's adapter for tests waits for minutes for a deployment that failed so late")
    void deploymentsThatFailLateLeaveNothingBehind(String application, int times) throws Exception {
        Copies copies = Copies.before(console);
        for (int deployment = 1; deployment <= times; deployment++) {
            fail(application);
            // GlassFish ends the application on another thread, after its response
            await("the end of deployment " + deployment)
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(console.breakers()).isEmpty());
        }
        // Payara keeps the check of an application in an EAR
        assertThat(Server.get("health/ready").statusCode())
                .as("the readiness, if the server has one")
                .isNotEqualTo(500);
        copies.areCollected(SOON);
    }

    private void fail(String application) throws IOException {
        Files.createFile(TooLate.file());
        try {
            assertThat(catchThrowable(() -> deployer.deploy(application))).isNotNull();
        } finally {
            Files.delete(TooLate.file());
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "server.name",
            matches = "glassfish.",
            disabledReason = "the server keeps no undeployed application")
    void theServerKeepsEveryUndeployedApplicationAlsoWithoutTheLibrary() throws Exception {
        for (int deployment = 1; deployment <= TIMES; deployment++) {
            deployer.deploy("foreign");
            deployer.undeploy("foreign");
        }
        assertThat(console.copies(Footprint.class)).isGreaterThanOrEqualTo(TIMES - 1);
    }
}
