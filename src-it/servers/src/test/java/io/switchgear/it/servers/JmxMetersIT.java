// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The meters of an application without a registry bean, but with Micrometer's registry for JMX in its libraries. */
@ArquillianTest
class JmxMetersIT extends ConsolePerTest {
    private static final String DOMAIN = "io.switchgear.metrics.";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "one", managed = false, testable = false)
    static WebArchive one() {
        return Archives.guarded("one.war", "").addAsLibraries(Archives.micrometer());
    }

    @Deployment(name = "two", managed = false, testable = false)
    static WebArchive two() {
        return Archives.guarded("two.war", "").addAsLibraries(Archives.micrometer());
    }

    @Test
    void eachApplicationHasItsMetersAsMBeansUntilItIsUndeployed() throws Exception {
        Copies copies = Copies.before(console);
        deployer.deploy("one");
        try {
            deployer.deploy("two");
            try {
                look("one");
                look("two");
                look("two");
                assertThat(successes("one")).isEqualTo(1L);
                assertThat(successes("two")).isEqualTo(2L);
                console.breaker("two", "Shelf#look()").set("CallTimer", "ON");
                look("two");
                assertThat(console.breaker(new ObjectName(DOMAIN + "two"
                                        + ":name=circuitBreakerCallDuration.service.Shelf#look(),type=timers"))
                                .get("Count"))
                        .isEqualTo(1L);
            } finally {
                deployer.undeploy("two");
            }
            assertThat(console.domains()).contains(DOMAIN + "one").doesNotContain(DOMAIN + "two");
            assertThat(successes("one")).isEqualTo(1L);
        } finally {
            deployer.undeploy("one");
        }
        assertThat(console.meters()).isEmpty();
        assertThat(console.domains()).noneMatch(domain -> domain.startsWith(DOMAIN));
        copies.areCollected(Duration.ofSeconds(20));
    }

    private static void look(String application) {
        assertThat(Server.get(application + "/shelf").statusCode()).isEqualTo(200);
    }

    private Object successes(String application) throws Exception {
        return console.breaker(new ObjectName(DOMAIN + application
                        + ":name=circuitBreakerCalls.result.success.service.Shelf#look(),type=meters"))
                .get("Count");
    }
}
