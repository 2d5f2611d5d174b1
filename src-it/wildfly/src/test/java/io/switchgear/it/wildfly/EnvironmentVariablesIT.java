// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** Configuration by environment variables and files, on a server that is started with such variables. */
class EnvironmentVariablesIT {
    private static final Path HOME = Path.of(System.getProperty("server.home"));
    private static final Path BASE = Path.of(System.getProperty("environment.base"));
    private static final String OWN_FILE = "META-INF/switchgear.properties";

    private static Process server;

    @BeforeAll
    static void start() throws IOException {
        deleteBase();
        Path configuration = Files.createDirectories(BASE.resolve("configuration"));
        for (String file : List.of(
                "standalone.xml",
                "logging.properties",
                "application-users.properties",
                "application-roles.properties",
                "mgmt-users.properties",
                "mgmt-groups.properties")) {
            Files.copy(HOME.resolve("standalone/configuration").resolve(file), configuration.resolve(file));
        }
        Files.createDirectories(BASE.resolve("deployments"));
        Map<String, String> variables = new HashMap<>();
        variables.put("SWITCHGEAR_DEFAULT_OPEN_MILLIS", "1234");
        variables.put("SWITCHGEAR_DEFAULT_RETRY_MAX_ATTEMPTS", "4");
        variables.put("SWITCHGEAR_JMX_WRITABLE", "true");
        variables.put(
                "SWITCHGEAR_SETTINGS_FILE",
                BASE.resolve("{application}.settings").toString());
        variables.put("SWITCHGEAR_BREAKER__SHELF_LOOK____FAILURE_THRESHOLD", "77");
        variables.put("SWITCHGEAR_SERVICE__USERS_EU__URL", "http://127.0.0.1:1");
        variables.put("SWITCHGEAR_SERVICE__NOBODY_HAS_IT__URL", "http://127.0.0.1:2");
        variables.put("SWITCHGEAR_SERVICE_HOST", "10.0.0.1");
        variables.put("SWITCHGEAR_SERVICE_PORT_HTTP", "8080");
        variables.put("SWITCHGEAR_PORT", "tcp://10.0.0.1:8080");
        variables.put("SWITCHGEAR_PORT_8080_TCP_ADDR", "10.0.0.1");
        variables.put("SWITCHGEAR_HOME", "/opt/switchgear");
        variables.put("SWITCHGEAR_DEFAULT_OPEN_MILIS", "1");
        server = Launcher.of(StandaloneCommandBuilder.of(HOME)
                        .setBaseDirectory(BASE)
                        .addJavaOptions(
                                "-Xms128m",
                                "-Xmx512m",
                                "-Djboss.bind.address=127.0.0.1",
                                "-Djboss.bind.address.management=127.0.0.1",
                                "-Djboss.http.port=" + System.getProperty("environment.http.port"),
                                "-Djboss.https.port=" + System.getProperty("environment.https.port"),
                                "-Djboss.management.http.port=" + System.getProperty("environment.management.port")))
                .addEnvironmentVariables(variables)
                .setRedirectErrorStream(true)
                .redirectOutput(BASE.resolve("server.out"))
                .launch();
    }

    /** Deletes what a run before has left: its applications would be deployed again, and its log read. */
    private static void deleteBase() throws IOException {
        if (Files.exists(BASE)) {
            try (Stream<Path> old = Files.walk(BASE)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).as("the server stops").isTrue();
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

        assertThat(outcome(war)).isEqualTo("deployed");

        try (Console console = Console.connect(System.getProperty("environment.management.port"))) {
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
        assertThat(linesOf("SGR0042"))
                .isNotEmpty()
                .hasSizeLessThan(3)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "SWITCHGEAR_DEFAULT_OPEN_MILIS (EnvConfigSource), did you mean SWITCHGEAR_DEFAULT_OPEN_MILLIS?",
                                "SWITCHGEAR_HOME (EnvConfigSource)")
                        .doesNotContain("SWITCHGEAR_PORT", "SWITCHGEAR_SERVICE_HOST", "switchgear.default"));
        assertThat(linesOf("SGR0015"))
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

        assertThat(outcome(war))
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

    /** Returns {@code deployed}, or why the deployment failed. */
    private static String outcome(WebArchive war) throws IOException {
        Path deployments = BASE.resolve("deployments");
        Path deployed = deployments.resolve(war.getName() + ".deployed");
        Path failed = deployments.resolve(war.getName() + ".failed");
        Files.deleteIfExists(deployed);
        Files.deleteIfExists(failed);
        war.as(ZipExporter.class).exportTo(deployments.resolve(war.getName()).toFile(), true);
        await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(deployed) || Files.exists(failed));
        // a quote is written with a backslash before it
        return Files.exists(deployed) ? "deployed" : Files.readString(failed).replace("\\", "");
    }

    private static List<String> linesOf(String message) throws IOException {
        return Files.readAllLines(BASE.resolve("log/server.log")).stream()
                .filter(line -> line.contains(message))
                .toList();
    }
}
