// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchgear.it.servers.Archives;
import io.switchgear.it.servers.Console;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.management.ObjectName;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Configuration by environment variables and files, on a server that is started with such variables. */
class EnvironmentVariablesIT {
    private static final String OWN_FILE = "META-INF/switchgear.properties";

    private static StartedServer server;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> variables = new HashMap<>();
        variables.put("SWITCHGEAR_DEFAULT_OPEN_MILLIS", "1234");
        variables.put("SWITCHGEAR_DEFAULT_RETRY_MAX_ATTEMPTS", "4");
        variables.put("SWITCHGEAR_JMX_WRITABLE", "true");
        variables.put(
                "SWITCHGEAR_SETTINGS_FILE",
                Archives.directory("environment")
                        .resolve("{application}.settings")
                        .toString());
        variables.put("SWITCHGEAR_BREAKER__SHELF_LOOK____FAILURE_THRESHOLD", "77");
        variables.put("SWITCHGEAR_SERVICE__USERS_EU__URL", "http://127.0.0.1:1");
        variables.put("SWITCHGEAR_SERVICE__NOBODY_HAS_IT__URL", "http://127.0.0.1:2");
        variables.put("SWITCHGEAR_SERVICE_HOST", "10.0.0.1");
        variables.put("SWITCHGEAR_SERVICE_PORT_HTTP", "8080");
        variables.put("SWITCHGEAR_PORT", "tcp://10.0.0.1:8080");
        variables.put("SWITCHGEAR_PORT_8080_TCP_ADDR", "10.0.0.1");
        variables.put("SWITCHGEAR_HOME", "/opt/switchgear");
        variables.put("SWITCHGEAR_DEFAULT_OPEN_MILIS", "1");
        server = StartedServer.start("environment", variables);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void variablesConfigureAnApplicationAndOthersDoNotStopIt() throws Exception {
        WebArchive war = Archives.guarded("configured.war", """
                        switchgear.default.open-millis = 5
                        switchgear.service."users-eu".url = http://127.0.0.1:3
                        """)
                .addAsLibrary(library("defaults.jar", "switchgear.default.window-calls = 66"))
                .addAsResource(new StringAsset("""
                                switchgear.default.window-calls = 55
                                switchgear.default.open-millis = 6
                                """), OWN_FILE);

        assertThat(server.deploy(war)).isEqualTo("deployed");

        try (Console console = server.console()) {
            Console.RemoteMBean shelf = console.breaker("configured", "Shelf#look()");
            assertThat(shelf.get("FailureThreshold")).isEqualTo(77);
            assertThat(shelf.get("OpenMillis")).isEqualTo(1234L);
            assertThat(shelf.get("WindowCalls")).as("of WEB-INF/classes").isEqualTo(55);
            assertThat(shelf.get("Settings").toString())
                    .contains("SWITCHGEAR_BREAKER__SHELF_LOOK____FAILURE_THRESHOLD (EnvConfigSource)");
            assertThat(console.breakers())
                    .filteredOn(name -> "Services".equals(name.getKeyProperty("type")))
                    .extracting(name -> name.getKeyProperty("name"))
                    .filteredOn(name -> name != null)
                    .as("a variable creates no service")
                    .containsExactly(ObjectName.quote("users-eu"));
            assertThat(console.all("configured").run("saveSettings")).asString().contains("configured.settings");
        }
        // one for each application
        assertThat(server.linesOf("SGR0042"))
                .isNotEmpty()
                .hasSizeLessThan(3)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "SWITCHGEAR_DEFAULT_OPEN_MILIS (EnvConfigSource), did you mean SWITCHGEAR_DEFAULT_OPEN_MILLIS?",
                                "SWITCHGEAR_HOME (EnvConfigSource)")
                        .doesNotContain("SWITCHGEAR_PORT", "SWITCHGEAR_SERVICE_HOST", "switchgear.default"));
        assertThat(server.linesOf("SGR0015"))
                .singleElement()
                .asString()
                .contains("SWITCHGEAR_SERVICE__NOBODY_HAS_IT__URL (EnvConfigSource) is configured, but");
    }

    @Test
    void mistakesInFilesFailTheDeployment() throws Exception {
        WebArchive war = Archives.guarded("refused.war", "switchgear.default.open.millis = 5")
                .addAsLibrary(library("one.jar", "switchgear.default.success-threshold = 1"))
                .addAsLibrary(library("other.jar", "switchgear.default.success-threshold = 2"))
                .addAsResource(new StringAsset("switchgaer.application = refused"), OWN_FILE);

        assertThat(server.deploy(war))
                .contains(
                        "switchgear.default.open.millis (EnvConfigSource) is not known; did you mean"
                                + " switchgear.default.open-millis?",
                        "switchgear.default.success-threshold has two values, ",
                        "one.jar/META-INF/switchgear.properties",
                        "other.jar/META-INF/switchgear.properties",
                        "switchgaer.application (vfs:",
                        "is not known; did you mean switchgear.application?");
    }

    private static JavaArchive library(String name, String configuration) {
        return ShrinkWrap.create(JavaArchive.class, name).addAsResource(new StringAsset(configuration), OWN_FILE);
    }
}
