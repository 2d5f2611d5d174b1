// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.switchgear.console.Generator;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the tab in a real JConsole, and the window, on a virtual display and with a mouse and keys. */
class DisplayTest {
    private BufferedReader seen;
    private BufferedWriter turns;

    @BeforeAll
    static void needsADisplay() {
        assumeTrue(
                Display.program().isPresent(),
                "Xvfb is not installed: the tab and the window are not tested (.ci/run installs it)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tab", "window"})
    void anOpeningIsSeenAndTheBreakerIsTunedForcedAndReleased(String where) throws Exception {
        JMXConnectorServer connector = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "localhost", 0), null, ManagementFactory.getPlatformMBeanServer());
        connector.start();
        Path output = Path.of("target", "driver-" + where + ".log");
        Process driver = null;
        try (Generator shop = new Generator("shop", 4);
                Display display = new Display()) {
            driver = drive(where, connector.getAddress().toString(), display, output.toFile());
            play(shop);
            assertThat(driver.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(driver.exitValue()).isZero();
        } catch (IOException | AssertionError failed) {
            failed.addSuppressed(new AssertionError(Files.readString(output)));
            throw failed;
        } finally {
            if (driver != null) {
                driver.destroyForcibly().waitFor();
            }
            connector.stop();
        }
    }

    private Process drive(String where, String url, Display display, File output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.jconsole",
                "--add-exports",
                "jdk.jconsole/sun.tools.jconsole=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Driver.class.getName(),
                where,
                url,
                Path.of("target", "classes").toAbsolutePath().toString(),
                Path.of("target", where + ".png").toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(output);
        builder.environment().put("DISPLAY", display.name());
        Process driver = builder.start();
        seen = driver.inputReader(StandardCharsets.UTF_8);
        turns = driver.outputWriter(StandardCharsets.US_ASCII);
        return driver;
    }

    private void play(Generator shop) throws Exception {
        assertThat(next()).isEqualTo("READY");
        shop.fail(shop.get(2), 5);
        long opened = System.nanoTime();
        go();
        assertThat(next()).startsWith("SEEN ").contains("Last trip: 5 consecutive failures (threshold 5)");
        assertThat((System.nanoTime() - opened) / 1e9)
                .as("seconds until it is seen")
                .isLessThan(3);
        go();
        assertThat(next()).isEqualTo("TUNED FailureThreshold=8: done");
        assertThat(get("FailureThreshold")).isEqualTo(8);
        go();
        assertThat(next())
                .isEqualTo("REFUSED-HERE FailureThreshold must be a whole number from 1 to 1000000 but was 0");
        go();
        assertThat(next()).contains("MinimumCalls must be <= WindowCalls (100, the default) but was 200");
        go();
        assertThat(next()).startsWith("UNDONE undoLastChange: done");
        assertThat(get("FailureThreshold")).isEqualTo(5);
        go();
        assertThat(next()).isEqualTo("REHEARSED rehearse FailureThreshold=2: done");
        assertThat(get("RehearsedSettings")).isEqualTo("FailureThreshold=2");
        assertThat(get("FailureThreshold")).isEqualTo(5);
        go();
        assertThat(next())
                .startsWith("COMPARED Rehearsal of FailureThreshold=2 by ")
                .contains(": now CLOSED; ");
        go();
        assertThat(next()).startsWith("ENDED endRehearsal: done. opened 0 times, the breaker 0 times");
        assertThat(get("RehearsedSettings")).isEqualTo("");
        go();
        assertThat(next()).startsWith("FORCED forceOpen: done");
        assertThat(get("Mode")).isEqualTo("FORCED_OPEN");
        assertThat(get("ModeReason")).isEqualTo("vendor repairs");
        go();
        assertThat(next()).startsWith("RELEASED automatic: done");
        assertThat(get("Mode")).isEqualTo("AUTOMATIC");
        go();
    }

    private String next() throws IOException {
        String line = seen.readLine();
        assertThat(line).as("what the driver sees").isNotNull();
        return line;
    }

    private void go() throws IOException {
        turns.write("go\n");
        turns.flush();
    }

    private static Object get(String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=\"shop-2\""),
                        attribute);
    }
}
