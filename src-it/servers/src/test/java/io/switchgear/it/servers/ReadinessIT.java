// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The readiness check of an application, as the server's MicroProfile Health shows it. */
@ArquillianTest
@DisabledIfSystemProperty(
        named = "server.name",
        matches = "wildfly|glassfish7",
        disabledReason = "the server has no MicroProfile Health, or not in this configuration")
@DisabledIfSystemProperty(
        named = "server.name",
        matches = "glassfish8",
        disabledReason = "the server's MicroProfile Health shows no check of an extension")
class ReadinessIT extends ConsolePerTest {
    @Deployment(testable = false)
    static WebArchive war() {
        return Archives.guarded("ready.war", "switchgear.breaker.\"Shelf#look()\".critical = true");
    }

    @Test
    void aCriticalBreakerThatIsOpenMakesTheApplicationUnready() throws Exception {
        HttpResponse<String> ready = Server.get("health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("circuit-breakers");

        console.breaker("ready", "Shelf#look()").run("forceOpen", "drill");

        HttpResponse<String> unready = Server.get("health/ready");
        assertThat(unready.statusCode()).isEqualTo(503);
        assertThat(unready.body()).contains("Shelf#look()", "FORCED_OPEN");
    }
}
