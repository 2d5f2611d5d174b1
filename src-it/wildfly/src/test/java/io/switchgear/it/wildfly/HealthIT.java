// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import io.switchgear.it.servers.Server;
import io.switchgear.it.wildfly.ready.Till;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The readiness of a server with MicroProfile Health, as a load balancer sees it. */
@ArquillianTest
class HealthIT {
    private static final String SERVER = "wildfly-microprofile";

    @ArquillianResource
    ContainerController servers;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "till", managed = false, testable = false)
    @TargetsContainer(SERVER)
    static WebArchive till() {
        return ShrinkWrap.create(WebArchive.class, "till.war")
                .addPackage(Till.class.getPackage())
                .addAsLibrary(Archives.extension())
                .addAsResource(
                        new StringAsset("switchgear.breaker.\"payments\".critical = true"),
                        "META-INF/microprofile-config.properties");
    }

    @Deployment(name = "ear", managed = false, testable = false)
    @TargetsContainer(SERVER)
    static EnterpriseArchive ear() {
        return ShrinkWrap.create(EnterpriseArchive.class, "tills.ear")
                .addAsLibrary(Archives.extension())
                .addAsModule(ShrinkWrap.create(WebArchive.class, "till.war").addPackage(Till.class.getPackage()));
    }

    @BeforeEach
    void start() {
        servers.start(SERVER);
        deployer.deploy("till");
    }

    @AfterEach
    void stop() {
        // the deployments are deleted with the server's directory
        servers.stop(SERVER);
    }

    @Test
    void theServerIsReadyUnlessTheCriticalBreakerIsOpen() throws Exception {
        assertThat(call("payments")).isEqualTo(200);
        assertReady(200, "UP", "{\"newsletter\":\"CLOSED\",\"payments\":\"CLOSED\"}");

        assertThat(call("newsletter?fail=true")).isEqualTo(500);
        assertReady(200, "UP", "{\"newsletter\":\"OPEN\",\"payments\":\"CLOSED\"}");

        assertThat(call("payments?fail=true")).isEqualTo(500);
        assertReady(503, "DOWN", """
                {"critical and open":"payments","payments":"OPEN","newsletter":"OPEN"}""");

        try (Console console = Console.connect(System.getProperty("health.management.port"))) {
            console.breaker("till", "payments").set("OpenMillis", 0L);
            assertReady(200, "UP", "{\"newsletter\":\"OPEN\",\"payments\":\"HALF_OPEN\"}");

            assertThat(call("payments")).as("the trial").isEqualTo(200);
            assertReady(200, "UP", "{\"newsletter\":\"OPEN\",\"payments\":\"CLOSED\"}");

            console.breaker("till", "payments").run("forceOpen", "vendor repairs");
            assertReady(503, "DOWN", """
                    {"critical and open":"payments","payments":"FORCED_OPEN","newsletter":"OPEN"}""");
        }
        deployer.undeploy("till");
        assertThat(ready().statusCode()).isEqualTo(200);
        assertThat(ready().body()).doesNotContain("circuit-breakers");

        // it has several modules, and the server looks for checks in each
        deployer.deploy("ear");
        assertReady(200, "UP", "{\"newsletter\":\"CLOSED\",\"payments\":\"CLOSED\"}");
    }

    private static int call(String path) {
        return Server.get(URI.create("http://127.0.0.1:" + System.getProperty("health.http.port") + "/till/" + path))
                .statusCode();
    }

    private static HttpResponse<String> ready() {
        return Server.get(
                URI.create("http://127.0.0.1:" + System.getProperty("health.management.port") + "/health/ready"));
    }

    private static void assertReady(int status, String check, String data) {
        HttpResponse<String> response = ready();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(object(response.body()).getJsonArray("checks").getValuesAs(JsonObject.class))
                .as(response.body())
                .filteredOn(each -> each.getString("name").equals("circuit-breakers"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.getString("status")).isEqualTo(check);
                    assertThat(found.getJsonObject("data")).isEqualTo(object(data));
                });
    }

    private static JsonObject object(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}
