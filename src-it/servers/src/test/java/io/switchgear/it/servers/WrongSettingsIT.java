// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.wrong.Clerk;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Deployments that fail because of wrong settings. */
@ArquillianTest
class WrongSettingsIT {
    private static final String APPLICATION = "wrong";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "wrong.war")
                .addPackage(Clerk.class.getPackage())
                .addAsLibrary(Archives.extension());
    }

    @Deployment(name = "nowhere", managed = false, testable = false)
    static WebArchive withWrongService() {
        return ShrinkWrap.create(WebArchive.class, "nowhere.war")
                .addAsResource(
                        new StringAsset("switchgear.service.\"x\".url = ftp://files:21"),
                        "META-INF/microprofile-config.properties")
                .addAsLibrary(Archives.extension());
    }

    @Test
    void wrongValuesFailTheDeploymentAllAreReportedAndNoMBeanIsLeft() throws Exception {
        String messages = FailedDeployment.messages(deployer, APPLICATION);

        assertThat(messages)
                .contains("io.switchgear.it.servers.wrong.Clerk#file(): @CircuitBreaking failureThreshold must be"
                        + " a whole number >= 1 and <= 1000000 but was 0")
                .contains("io.switchgear.it.servers.wrong.Clerk#stamp(int): @CircuitBreaking openMillis must be"
                        + " a whole number >= 0 and <= 604800000 but was -1;"
                        + " successThreshold must be a whole number >= 1 and <= 10000 but was 10001")
                .contains("io.switchgear.it.servers.wrong.Porter#carry(java.lang.String): @CircuitBreaking"
                        + " minimumCalls must be <= windowCalls (10) but was 11")
                .contains("io.switchgear.it.servers.wrong.Porter#fetch(): @CircuitBreaking"
                        + " failureRateThresholdPercent must be a number > 0 and <= 100 but was 100.5")
                .contains(
                        "io.switchgear.it.servers.wrong.Waiter#serve(): @Retrying cannot call an asynchronous method of a"
                                + " session bean again, as its instance serves others when the time comes; let a CDI bean make"
                                + " the call")
                .contains(
                        "io.switchgear.it.servers.wrong.Cashier#charge(): @Retrying would run all attempts in one transaction,"
                                + " which commits what failed attempts have written; the container begins or joins it before"
                                + " the guard (REQUIRED); add @TransactionAttribute(NOT_SUPPORTED), or let a CDI bean that"
                                + " calls this method be retried");
        try (Console console = Console.connect()) {
            assertThat(console.applications()).doesNotContain(APPLICATION);
        }
    }

    @Test
    void aServiceWithAWrongAddressFailsTheDeploymentWithKeySourceAndValue() throws Exception {
        String messages = FailedDeployment.messages(deployer, "nowhere");

        // WildFly's response has a backslash before each quote; each server has another name of the source
        assertThat(messages.replace("\\", ""))
                .containsPattern("switchgear.service.\"x\".url \\([^\n]+\\): the url of service x must begin with"
                        + " http:// or https:// but was ftp://files:21");
    }
}
