// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * A new domain of a server with {@code asadmin}, started before all tests and stopped after them. Does nothing for
 * other servers, which are started and stopped by their Arquillian containers, and where no server is named.
 *
 * <p>Intentional: not by the containers here too. They use the domain that comes with the server, whose ports are fixed
 * and open to the network.
 */
public final class Domain implements LauncherSessionListener {
    private static final String NAME = "tests";
    private static final Path HOME = Path.of(System.getProperty("server.home", ""));
    private static final Path DOMAINS = Path.of(System.getProperty("server.base", ""));
    private static final List<String> OTHER_PORTS = List.of(
            "http.ssl.port",
            "jms.port",
            "orb.listener.port",
            "orb.ssl.port",
            "orb.mutualauth.port",
            "osgi.shell.telnet.port",
            "java.debugger.port");

    private static final String NO_JMS_BROKER = "<jms-service type=\"REMOTE\" default-jms-host=\"default_JMS_host\">"
            + "<jms-host name=\"default_JMS_host\" host=\"127.0.0.1\" port=\"${JMS_PROVIDER_PORT}\"/></jms-service>";

    // the containers check that it exists; GlassFish 8 has it elsewhere, and would load it from here
    private final Path expected = HOME.resolve("glassfish/modules/admin-cli.jar");

    private ProcessHandle process;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Files.exists(HOME.resolve("bin/asadmin"))) {
            try {
                start();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void start() throws IOException {
        if (Files.exists(expected) && Files.size(expected) == 0) {
            Files.delete(expected);
        }
        delete(DOMAINS.resolve(NAME));
        asadmin(
                "create-domain",
                "--nopassword",
                "--domaindir=" + DOMAINS,
                "--adminport=" + System.getProperty("server.management.port"),
                "--instanceport=" + System.getProperty("server.http.port"),
                "--domainproperties=domain.jmxPort=" + System.getProperty("server.jmx.port") + ":" + otherPorts(),
                NAME);
        configure(DOMAINS.resolve(NAME));
        try {
            asadmin("start-domain", "--domaindir=" + DOMAINS, NAME);
        } catch (IOException late) {
            // it would run on
            Server.process().ifPresent(ProcessHandle::destroyForcibly);
            throw late;
        }
        process = Server.process().orElseThrow();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        if (Files.notExists(expected)) {
            Files.createFile(expected);
        }
    }

    /**
     * Binds all listeners to the loopback interface, keeps the server from looking for others and from starting a JMS
     * broker, lets the Derby of the default data source run within the server, and gives GlassFish the memory for all
     * applications of the tests, as it keeps them.
     */
    private static void configure(Path domain) throws IOException {
        Path file = domain.resolve("config/domain.xml");
        String options = Stream.of(
                        "-Djava.rmi.server.hostname=127.0.0.1",
                        // the database of Payara's default data source
                        "-Dh2.bindAddress=127.0.0.1",
                        // soft references are cleared, so that only real leaks of class loaders are left
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-Dserver.name=" + System.getProperty("server.name"),
                        "-Dserver.http.port=" + System.getProperty("server.http.port"),
                        "-Dserver.log=" + System.getProperty("server.log"))
                .map(option -> "<jvm-options>" + option + "</jvm-options>")
                .collect(Collectors.joining());
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("-Xmx512m", "-Xmx1536m")
                        .replace("0.0.0.0", "127.0.0.1")
                        .replaceAll("<network-listener (?![^>]*address=)", "<network-listener address=\"127.0.0.1\" ")
                        .replace(
                                "<hazelcast-config-specific-configuration>",
                                "<hazelcast-config-specific-configuration enabled=\"false\">")
                        .replace("<config name=\"server-config\">", "<config name=\"server-config\">" + NO_JMS_BROKER)
                        .replace("org.apache.derby.jdbc.ClientDataSource", "org.apache.derby.jdbc.EmbeddedDataSource")
                        .replace("sun-appserv-samples", "memory:tests")
                        .replaceAll("<property [^>]*name=\"(PortNumber|serverName)\"[^>]*/>", "")
                        .replaceAll("(<java-config [^>]*>)", "$1" + options));
    }

    private static String otherPorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String each : OTHER_PORTS) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(each + "=" + socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return String.join(":", ports);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void asadmin(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("bash", HOME.resolve("bin/asadmin").toString(), "--user=admin", "--interactive=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder asadmin = new ProcessBuilder(command).redirectErrorStream(true);
        asadmin.environment().put("AS_JAVA", System.getProperty("server.java.home"));
        asadmin.environment().put("JAVA_HOME", System.getProperty("server.java.home"));
        // a minute is too short on a busy machine
        asadmin.environment().put("AS_START_TIMEOUT", "180000");
        Path output = Files.createDirectories(DOMAINS).resolve("asadmin.out");
        Process running = asadmin.redirectOutput(output.toFile()).start();
        if (waitFor(running) != 0) {
            throw new IOException(String.join(" ", command) + ":\n" + Files.readString(output));
        }
    }

    private static int waitFor(Process process) {
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (process != null) {
            process.destroy();
            try {
                process.onExit().get(1, TimeUnit.MINUTES);
            } catch (Exception stillRunning) {
                process.destroyForcibly();
                throw new IllegalStateException("process " + process.pid() + " did not stop", stillRunning);
            }
        }
    }
}
