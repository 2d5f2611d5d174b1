package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.wildfly.guarded.Backend;
import java.util.Set;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ArquillianTest
class RedeploymentIT {
    @ArquillianResource
    Deployer deployer;

    private Console console;

    @Deployment(name = "one", managed = false, testable = false)
    static WebArchive one() {
        return war("one.war");
    }

    @Deployment(name = "two", managed = false, testable = false)
    static WebArchive two() {
        return war("two.war");
    }

    private static WebArchive war(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addPackage(Backend.class.getPackage())
                .addAsLibrary(Archives.extension());
    }

    @BeforeEach
    void connect() throws Exception {
        console = Console.connect();
    }

    @AfterEach
    void disconnect() throws Exception {
        console.close();
    }

    @Test
    void anUndeployedApplicationLeavesNoMBean() throws Exception {
        deployer.deploy("one");
        Set<ObjectName> deployed;
        try {
            // the breaker of a class that is no bean may not be there before its first call
            assertThat(status("one/kiosk")).isEqualTo(200);
            deployed = console.breakers();
        } finally {
            deployer.undeploy("one");
        }

        assertThat(deployed).hasSizeGreaterThan(10);
        assertThat(console.breakers()).isEmpty();
    }

    @Test
    void aRedeployedApplicationStartsAnewUnderTheSameNames() throws Exception {
        deployer.deploy("one");
        Set<ObjectName> first;
        try {
            console.breaker("one", "Shelf#look()").set("FailureThreshold", 9);
            console.breaker("one", "Shelf#look()").run("forceOpen", "before the redeployment");
            assertThat(status("one/shelf")).isEqualTo(503);
            first = console.breakers();
        } finally {
            deployer.undeploy("one");
        }

        deployer.deploy("one");
        try {
            assertThat(console.breakers()).isEqualTo(first);
            assertThat(console.breaker("one", "Shelf#look()").get("FailureThreshold"))
                    .isEqualTo(2);
            assertThat(console.breaker("one", "Shelf#look()").get("RejectedTotal"))
                    .isEqualTo(0L);
            assertThat(status("one/shelf")).isEqualTo(200);
            assertThat(console.breaker("one", "Shelf#look()").get("SuccessesTotal"))
                    .isEqualTo(1L);
        } finally {
            deployer.undeploy("one");
        }
    }

    @Test
    void copiesOfAnApplicationHaveBreakersOfTheirOwn() throws Exception {
        deployer.deploy("one");
        try {
            deployer.deploy("two");
            try {
                console.breaker("one", "Shelf#look()").run("forceOpen", "only here");

                assertThat(status("one/shelf")).isEqualTo(503);
                assertThat(status("two/shelf")).isEqualTo(200);
                assertThat(console.applications()).containsExactlyInAnyOrder("one", "two");
            } finally {
                deployer.undeploy("two");
            }
            assertThat(console.applications()).containsExactly("one");
        } finally {
            deployer.undeploy("one");
        }
    }

    private static int status(String path) {
        return Server.get(path).statusCode();
    }
}
