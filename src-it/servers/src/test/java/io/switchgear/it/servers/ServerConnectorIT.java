// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console.RemoteMBean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.Notification;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The connector that the server itself offers to consoles on other machines, and the ports that it opens. */
@ArquillianTest
class ServerConnectorIT {
    private static final String APPLICATION = "connected";

    @Deployment(testable = false)
    static WebArchive war() {
        return Archives.guarded("connected.war", "");
    }

    @Test
    void anOperatorReadsTunesAndIsNotified() throws Exception {
        try (Console console = Console.byConnectorOfTheServer(System.getProperty("server.jmx.password"))) {
            RemoteMBean shelf = console.breaker(APPLICATION, "Shelf#look()");
            List<Notification> received = new CopyOnWriteArrayList<>();
            console.all(APPLICATION).subscribe(received);

            shelf.set("FailureThreshold", 9);
            assertThat(shelf.get("FailureThreshold")).isEqualTo(9);
            assertThat(shelf.setAll(new AttributeList(
                            List.of(new Attribute("FailureThreshold", 8), new Attribute("OpenMillis", 7L)))))
                    .hasSize(2);
            assertThat(shelf.all(List.of("FailureThreshold", "OpenMillis")).asList())
                    .extracting(Attribute::getValue)
                    .containsExactly(8, 7L);
            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= 2);

            shelf.run("forceOpen", "drill");
            assertThat(Server.get("connected/shelf").statusCode()).isEqualTo(503);
            console.all(APPLICATION).run("automatic", "*");
            assertThat(Server.get("connected/shelf").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRefusalCanBeReadInTheMBean() throws Exception {
        try (Console console = Console.byConnectorOfTheServer(System.getProperty("server.jmx.password"))) {
            RemoteMBean shelf = console.breaker(APPLICATION, "Shelf#look()");
            // some connectors hide the sentence
            assertThatThrownBy(() -> shelf.set("FailureThreshold", 0)).isNotNull();
            assertThat((String) shelf.get("LastRefusedChange")).contains("FailureThreshold must be", "but was 0");
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "server.name",
            matches = "wildfly",
            disabledReason = "the server lets in processes that can read its files, without a password")
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> Console.byConnectorOfTheServer("wrong").close())
                .isNotNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theServerOfTheTestsListensToThisMachineAlone() throws Exception {
        List<String> listening = listening(Server.process().orElseThrow().pid());
        assertThat(listening).isNotEmpty();
        assertThat(listening.stream().filter(address -> !isLoopback(address)))
                // that of the JDK for consoles that attach, which refuses other machines
                .hasSizeLessThanOrEqualTo(1);
    }

    /** Returns whether an address is 127.0.0.1, also within IPv6, or ::1. */
    private static boolean isLoopback(String address) {
        return Stream.of("0100007F:", "0000000000000000FFFF00000100007F:", "00000000000000000000000001000000:")
                .anyMatch(address::startsWith);
    }

    /** Returns the addresses that a process listens on, as the kernel writes them. */
    private static List<String> listening(long process) throws Exception {
        Path directory = Path.of("/proc", String.valueOf(process));
        Set<String> sockets;
        try (Stream<Path> files = Files.list(directory.resolve("fd"))) {
            sockets = files.map(ServerConnectorIT::target).collect(Collectors.toSet());
        }
        return Stream.concat(
                        Files.readAllLines(directory.resolve("net/tcp")).stream(),
                        Files.readAllLines(directory.resolve("net/tcp6")).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[3].equals("0A") && sockets.contains("socket:[" + fields[9] + "]"))
                .map(fields -> fields[1])
                .toList();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
