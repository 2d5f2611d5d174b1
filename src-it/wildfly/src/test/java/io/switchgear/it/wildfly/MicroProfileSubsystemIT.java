// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import io.switchgear.it.servers.Server;
import io.switchgear.it.wildfly.coffee.Coffees;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who runs the annotations of MicroProfile Fault Tolerance on a server with its own implementation: never both. */
@ArquillianTest
class MicroProfileSubsystemIT {
    private static final String SERVER = "wildfly-microprofile";
    private static final String OURS = "io.switchgear.guard";
    private static final String THEIRS = "io.smallrye.faulttolerance";

    @ArquillianResource
    ContainerController servers;

    @ArquillianResource
    Deployer deployer;

    private static WebArchive coffee(String name, String configuration) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(Coffees.class.getPackage())
                .addAsLibrary(Archives.extension())
                .addAsResource(new StringAsset(configuration), "META-INF/microprofile-config.properties");
    }

    @Deployment(name = "unset", managed = false, testable = false)
    @TargetsContainer(SERVER)
    static WebArchive unset() {
        return coffee("unset", "");
    }

    /** The archive for servers without MicroProfile. */
    @Deployment(name = "withapi", managed = false, testable = false)
    @TargetsContainer(SERVER)
    static WebArchive withApi() {
        return coffee("withapi", "").addAsLibrary(Archives.faultToleranceApi());
    }

    @Deployment(name = "on", managed = false, testable = false)
    @TargetsContainer(SERVER)
    static WebArchive on() {
        return coffee("on", "switchgear.microprofile = true");
    }

    @Deployment(name = "onwithapi", managed = false, testable = false)
    @TargetsContainer(SERVER)
    static WebArchive onWithApi() {
        return coffee("onwithapi", "switchgear.microprofile = true").addAsLibrary(Archives.faultToleranceApi());
    }

    @BeforeEach
    void start() {
        servers.start(SERVER);
    }

    @AfterEach
    void stop() {
        // the deployments are deleted with the server's directory
        servers.stop(SERVER);
    }

    @Test
    void oneImplementationActsAndNeverBoth() throws Exception {
        deployer.deploy("unset");
        deployer.deploy("withapi");
        deployer.deploy("on");
        deployer.deploy("onwithapi");
        try (Console console = Console.connect(System.getProperty("health.management.port"))) {
            assertAlone(console, "unset", THEIRS, OURS);
            assertAlone(console, "withapi", THEIRS, OURS);
            assertAlone(console, "on", OURS, THEIRS);
            assertAlone(console, "onwithapi", OURS, THEIRS);
        }
    }

    private static void assertAlone(Console console, String application, String acting, String other) throws Exception {
        assertThat(get(application, "packages").lines())
                .as(application)
                .contains(acting)
                .doesNotContain(other);

        post(application, "failing?times=100");
        get(application, "menu");
        assertThat(get(application, "calls")).as("one attempt and four retries").isEqualTo("5");

        post(application, "failing?times=4");
        for (int i = 0; i < 4; i++) {
            get(application, "stock");
        }
        assertThat(get(application, "stock")).isEqualTo("CircuitBreakerOpenException");
        assertThat(get(application, "calls"))
                .as("calls until the breaker opens")
                .isEqualTo("4");

        assertThat(console.breakers())
                .filteredOn(name -> application.equals(name.getKeyProperty("application")))
                .filteredOn(name -> name.getKeyProperty("name") != null)
                .hasSize(acting.equals(OURS) ? 7 : 0);
        if (acting.equals(OURS)) {
            console.named("Retries", application, "Coffees#menu()").set("MaxAttempts", 2);
            post(application, "failing?times=100");
            get(application, "menu");
            assertThat(get(application, "calls")).as("tuned").isEqualTo("2");
        }
    }

    private static URI uri(String application, String page) {
        return URI.create(
                "http://127.0.0.1:" + System.getProperty("health.http.port") + "/" + application + "/" + page);
    }

    private static String get(String application, String page) {
        return Server.get(uri(application, page)).body();
    }

    private static void post(String application, String page) {
        Server.send(HttpRequest.newBuilder(uri(application, page))
                .POST(BodyPublishers.noBody())
                .build());
    }
}
