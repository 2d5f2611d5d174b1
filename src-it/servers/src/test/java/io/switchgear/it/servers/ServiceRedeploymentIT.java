// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.http.RawBackend;
import io.switchgear.it.servers.calling.Calls;
import java.io.IOException;
import java.time.Duration;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The undeployment of an application that has called services and has a request in flight. */
@ArquillianTest
class ServiceRedeploymentIT {
    private static final String APPLICATION = "calls";
    private static final String OWN_THREAD = "switchgear-http-";
    private static final String JDK_THREAD = "HttpClient-";
    private static final Duration SOON = Duration.ofSeconds(15);
    /** Long enough for the JDK's client, which checks every few seconds whether it has been collected. */
    private static final Duration COLLECTED = Duration.ofSeconds(40);

    /** Runs in this process, so that it outlives the application. */
    private static final RawBackend BACKEND = backend();

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "calls.war")
                .addPackage(Calls.class.getPackage())
                .addAsResource(
                        new StringAsset("switchgear.service.\"backend\".url = " + BACKEND.url()),
                        "META-INF/microprofile-config.properties")
                .addAsLibrary(Archives.extension());
    }

    private static RawBackend backend() {
        try {
            return new RawBackend(line ->
                    ("/pending".equals(line.request().path()) ? RawBackend.hang() : RawBackend.ok("fine")).give(line));
        } catch (IOException failed) {
            throw new ExceptionInInitializerError(failed);
        }
    }

    @AfterAll
    static void stopBackend() throws IOException {
        BACKEND.close();
    }

    @Test
    void anUndeployedApplicationLeavesNoCallThreadConnectionMBeanOrClass() throws Exception {
        try (Console console = Console.connect()) {
            Copies copies = Copies.before(console);
            long selecting = console.threads(JDK_THREAD);
            for (int deployment = 1; deployment <= 3; deployment++) {
                callAndUndeploy(console, deployment);
            }

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(console.threads(OWN_THREAD)).isZero());
            await().atMost(COLLECTED).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                console.collectGarbage();
                assertThat(console.threads(JDK_THREAD)).isLessThanOrEqualTo(selecting);
            });
            await().atMost(SOON).untilAsserted(() -> assertThat(BACKEND.open()).isZero());
            copies.areCollected(COLLECTED);
        }
    }

    private void callAndUndeploy(Console console, int deployment) throws Exception {
        ObjectName service = new ObjectName("io.switchgear:type=Services,application=calls,name=\"backend\"");
        deployer.deploy(APPLICATION);
        try {
            assertThat(console.breakers()).contains(service);
            await().atMost(SOON).until(() -> BACKEND.answered() == 2 * deployment);
            assertThat(console.threads(OWN_THREAD)).isPositive();
        } finally {
            deployer.undeploy(APPLICATION);
        }
        assertThat(console.breakers()).isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(BACKEND.hungUp()).hasSize(deployment));
    }
}
