// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A server of its own, besides the one of most tests, with a directory of its own and free ports. */
final class StartedServer implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("server.home"));

    /** The users of applications, with their roles. */
    private static final Map<String, String> USERS =
            Map.of("ada", "switchgear-operator", "bob", "switchgear-operator", "rita", "switchgear-reader", "sam", "");

    /** The users of the server itself; the password is the name. */
    private static final List<String> MANAGERS = List.of("dashboard", "alice");

    private final Path base;
    private final int http;
    private final int management;
    private final Process process;

    private StartedServer(Path base, int http, int management, Process process) {
        this.base = base;
        this.http = http;
        this.management = management;
        this.process = process;
    }

    /**
     * Starts a server in an empty directory.
     *
     * @param yaml files with configuration beside that of the server
     */
    static StartedServer start(String name, Map<String, String> variables, Path... yaml) throws IOException {
        prepare(name, "standalone.xml", UnaryOperator.identity());
        return startAgain(name, variables, yaml);
    }

    /**
     * Starts a server in an empty directory.
     *
     * @param configuration the file of the server that has its configuration
     * @param edit changes the text of that file
     */
    static StartedServer start(
            String name, Map<String, String> variables, String configuration, UnaryOperator<String> edit)
            throws IOException {
        prepare(name, configuration, edit);
        return startAgain(name, variables);
    }

    private static void prepare(String name, String configuration, UnaryOperator<String> edit) throws IOException {
        deleteBase(name);
        Path directory = Files.createDirectories(base(name).resolve("configuration"));
        Path configurations = HOME.resolve("standalone/configuration");
        Files.writeString(
                directory.resolve("standalone.xml"),
                edit.apply(Files.readString(configurations.resolve(configuration))));
        for (String file : List.of(
                "logging.properties",
                "application-users.properties",
                "application-roles.properties",
                "mgmt-users.properties",
                "mgmt-groups.properties")) {
            Files.copy(configurations.resolve(file), directory.resolve(file));
        }
        Files.createDirectories(base(name).resolve("deployments"));
        for (Map.Entry<String, String> user : USERS.entrySet()) {
            addUser(directory, user.getKey(), user.getValue());
        }
        for (String manager : MANAGERS) {
            append(directory.resolve("mgmt-users.properties"), manager + "=" + hash(manager, "ManagementRealm"));
        }
    }

    /** Starts a server with what an earlier one of this name has left. */
    static StartedServer startAgain(String name, Map<String, String> variables, Path... yaml) throws IOException {
        Path base = base(name);
        // they say what an earlier process has done
        try (Stream<Path> deployments = Files.list(base.resolve("deployments"))) {
            for (Path marker : deployments
                    .filter(file -> file.toString().endsWith(".deployed"))
                    .toList()) {
                Files.delete(marker);
            }
        }
        List<Integer> ports = freePorts(3);
        Process process = Launcher.of(StandaloneCommandBuilder.of(HOME)
                        .setBaseDirectory(base)
                        .setYamlFiles(yaml)
                        .addJavaOptions(
                                "-Xms128m",
                                "-Xmx512m",
                                "-Djboss.bind.address=127.0.0.1",
                                "-Djboss.bind.address.management=127.0.0.1",
                                "-Djboss.http.port=" + ports.get(0),
                                "-Djboss.https.port=" + ports.get(1),
                                "-Djboss.management.http.port=" + ports.get(2)))
                .addEnvironmentVariables(variables)
                .setRedirectErrorStream(true)
                .redirectOutput(base.resolve("server.out"))
                .launch();
        return new StartedServer(base, ports.get(0), ports.get(2), process);
    }

    /** Adds a user of applications; the password is the name. */
    private static void addUser(Path configuration, String name, String role) throws IOException {
        append(configuration.resolve("application-users.properties"), name + "=" + hash(name, "ApplicationRealm"));
        append(configuration.resolve("application-roles.properties"), name + "=" + role);
    }

    private static String hash(String name, String realm) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5")
                            .digest((name + ":" + realm + ":" + name).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, System.lineSeparator() + line, StandardOpenOption.APPEND);
    }

    private static Path base(String name) {
        return Path.of(System.getProperty("started.directory"), name);
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    /** Deletes what a run before has left: its applications would be deployed again, and its log read. */
    static void deleteBase(String name) throws IOException {
        Path base = base(name);
        if (Files.exists(base)) {
            try (Stream<Path> old = Files.walk(base)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    Path base() {
        return base;
    }

    /** Returns the port of HTTP. */
    int port() {
        return http;
    }

    /** Returns the address of the server's connector for JMX. */
    String jmx() {
        return "service:jmx:remote+http://127.0.0.1:" + management;
    }

    /** @param path begins with the application's context */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + http + "/" + path);
    }

    Console console() throws IOException {
        return Console.connect(String.valueOf(management));
    }

    /** Deploys an application or a library; returns {@code deployed}, or why the deployment failed. */
    String deploy(Archive<?> war) throws IOException {
        Path deployments = base.resolve("deployments");
        Files.deleteIfExists(deployments.resolve(war.getName() + ".deployed"));
        Files.deleteIfExists(deployments.resolve(war.getName() + ".failed"));
        war.as(ZipExporter.class).exportTo(deployments.resolve(war.getName()).toFile(), true);
        return outcome(war.getName());
    }

    /** Undeploys and deploys an application. */
    void redeploy(String name) throws IOException {
        ModelNode operation = operation("redeploy");
        operation.get("address").add("deployment", name);
        execute(operation);
    }

    /** Stops all services of the server, its connectors included, and starts them again. */
    void reload() throws IOException {
        execute(operation("reload"));
    }

    private static ModelNode operation(String name) {
        ModelNode operation = new ModelNode();
        operation.get("operation").set(name);
        return operation;
    }

    private void execute(ModelNode operation) throws IOException {
        try (ModelControllerClient client =
                ModelControllerClient.Factory.create("remote+http", "127.0.0.1", management)) {
            assertThat(client.execute(operation).get("outcome").asString()).isEqualTo("success");
        }
    }

    /** Waits until an application is deployed, or has failed to be. */
    String outcome(String name) throws IOException {
        Path deployments = base.resolve("deployments");
        Path deployed = deployments.resolve(name + ".deployed");
        Path failed = deployments.resolve(name + ".failed");
        await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(deployed) || Files.exists(failed));
        // a quote is written with a backslash before it
        return Files.exists(deployed) ? "deployed" : Files.readString(failed).replace("\\", "");
    }

    /** Returns the lines of the server's log that contain {@code text}. */
    List<String> linesOf(String text) throws IOException {
        return Files.readAllLines(base.resolve("log/server.log")).stream()
                .filter(line -> line.contains(text))
                .toList();
    }

    /** Ends the process at once, as a crash does. */
    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    @Override
    public void close() {
        process.destroy();
        waitForEnd();
    }

    private void waitForEnd() {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the server stops")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
