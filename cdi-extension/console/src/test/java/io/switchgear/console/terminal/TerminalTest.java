// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.switchgear.console.Generator;
import io.switchgear.console.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the console in a pseudo-terminal, in a JVM of its own. */
class TerminalTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private final Generator shop = new Generator("shop", 3);
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private JMXConnectorServer connector;
    private Process console;
    private OutputStream keys;

    @BeforeAll
    static void needsAPseudoTerminal() {
        assumeTrue(Files.isExecutable(SCRIPT), "script of util-linux is not installed: the terminal is not tested");
    }

    @BeforeEach
    void start() throws Exception {
        connector = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "localhost", 0), null, ManagementFactory.getPlatformMBeanServer());
        connector.start();
        ProcessBuilder builder = new ProcessBuilder(
                        SCRIPT.toString(),
                        "-qefc",
                        "stty rows 24 cols 80; exec \"$JAVA\" \"$MAIN\" --text \"$JVM\"",
                        "/dev/null")
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "SHELL", "/bin/sh",
                        "TERM", "xterm",
                        "JAVA",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                        "CLASSPATH", System.getProperty("java.class.path"),
                        "MAIN", Main.class.getName(),
                        "JVM", connector.getAddress().toString()));
        console = builder.start();
        keys = console.getOutputStream();
        Thread reader = new Thread(() -> read(console.getInputStream()), "terminal-test");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream output) {
        try {
            output.transferTo(seen);
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @AfterEach
    void stop() throws Exception {
        console.destroyForcibly().waitFor();
        connector.stop();
        shop.close();
    }

    private String text() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    /** Waits for a text that comes from now on. */
    private void sees(String text) {
        int from = text().length();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(text().substring(from)).contains(text));
    }

    private void types(String command) throws IOException {
        press(command + "\r");
    }

    private void press(String typed) throws IOException {
        keys.write(typed.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static Object get(String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("io.switchgear:type=CircuitBreakers,application=shop,name=\"shop-2\""),
                        attribute);
    }

    private static void becomes(String attribute, Object value) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get(attribute)).isEqualTo(value));
    }

    @Test
    void anOpeningIsSeenAndTheBreakerIsTunedRehearsedForcedAndReleased() throws Exception {
        sees("3 breakers, 0 open");
        shop.fail(shop.get(2), 5);
        sees("last trip: 5 consecutive failures (threshold 5)");
        types("set FailureThreshold=8");
        becomes("FailureThreshold", 8);
        types("set FailureThreshold=0");
        sees("FailureThreshold must be a whole number from 1 to 1000000 but was 0");
        types("rehearse FailureThreshold=2");
        becomes("RehearsedSettings", "FailureThreshold=2");
        sees("Rehearsal of FailureThreshold=2 by ");
        types("end");
        sees("endRehearsal: done. opened 0 times");
        types("undo");
        becomes("FailureThreshold", 5);
        types("open Gerät in Wartung");
        becomes("ModeReason", "Gerät in Wartung");
        types("auto");
        becomes("Mode", "AUTOMATIC");
        types("sing");
        sees("There is no command sing");
        types("quit");
        assertThat(console.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(console.exitValue()).isZero();
        assertThat(text())
                .as("what was on the terminal before comes back")
                .contains(Screen.OPEN)
                .contains(Screen.CLOSE);
    }

    /** As Ctrl-C does, which a JVM ignores whose parent was started in the background. */
    @Test
    void anEndFromOutsideGivesTheTerminalBack() throws Exception {
        sees("3 breakers, 0 open");
        assertThat(console.descendants()).isNotEmpty().allMatch(ProcessHandle::destroy);
        assertThat(console.waitFor(20, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(text().strip()).endsWith(Screen.CLOSE));
    }

    @Test
    void whatIsMoreUrgentDoesNotTakeTheCommandThatIsBeingTyped() throws Exception {
        sees("3 breakers, 0 open");
        shop.fail(shop.get(2), 5);
        sees("last trip: 5 consecutive failures (threshold 5)");
        press("open vend");
        shop.get(0).forceOpen("more urgent");
        sees("2 open");
        // an arrow, in two parts, and a key that is no command
        press("or repairs");
        press("\033[");
        press("3~");
        types("");
        becomes("ModeReason", "vendor repairs");
        assertThat(shop.get(0).snapshot().modeReason()).isEqualTo("more urgent");
    }
}
