// SPDX-License-Identifier: Apache-2.0
package io.switchgear.load;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/**
 * A WildFly of its own, on free ports of this machine. Few threads serve requests, so that it soon shows whether they
 * run out. A second port has threads of its own: through it the test changes the backends and counts their calls,
 * whatever the load does.
 */
final class Server implements AutoCloseable {
    /** The threads that serve requests. */
    static final int REQUEST_THREADS = 16;

    private static final String WAR = "shop.war";
    private static final Duration MAX_START = Duration.ofMinutes(2);

    private final Path base;
    private final int port;
    private final int controlPort;
    private final Process process;
    private final Thread killer;

    private Server(Path base, int port, int controlPort, Process process) {
        this.base = base;
        this.port = port;
        this.controlPort = controlPort;
        this.process = process;
        // also if this program is stopped
        killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /**
     * Starts a server in an empty directory.
     *
     * @param home the directory of WildFly
     */
    static Server start(Path home, Path base) throws IOException {
        delete(base);
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        Path original = home.resolve("standalone/configuration");
        for (String file :
                List.of("logging.properties", "application-users.properties", "application-roles.properties")) {
            Files.copy(original.resolve(file), configuration.resolve(file));
        }
        for (String file : List.of("mgmt-users.properties", "mgmt-groups.properties")) {
            Files.copy(original.resolve(file), configuration.resolve(file));
        }
        Files.writeString(
                configuration.resolve("standalone.xml"),
                configured(Files.readString(original.resolve("standalone.xml"))));
        Files.createDirectories(base.resolve("deployments"));
        List<Integer> ports = freePorts(4);
        Process process = Launcher.of(StandaloneCommandBuilder.of(home)
                        .setBaseDirectory(base)
                        .addJavaOptions(
                                "-Xms256m",
                                "-Xmx512m",
                                "-Djboss.bind.address=127.0.0.1",
                                "-Djboss.bind.address.management=127.0.0.1",
                                "-Djboss.http.port=" + ports.get(0),
                                "-Dcontrol.port=" + ports.get(1),
                                "-Djboss.https.port=" + ports.get(2),
                                "-Djboss.management.http.port=" + ports.get(3)))
                .setRedirectErrorStream(true)
                .redirectOutput(base.resolve("server.out"))
                .launch();
        return new Server(base, ports.get(0), ports.get(1), process);
    }

    /** Returns the configuration of the server with few threads, a second port, and MicroProfile Fault Tolerance. */
    private static String configured(String xml) {
        String threads = replaced(
                xml,
                "<worker name=\"default\"/>",
                "<worker name=\"default\" task-max-threads=\"" + REQUEST_THREADS
                        + "\"/><worker name=\"control\" io-threads=\"1\" task-max-threads=\"4\"/>");
        String listeners = replaced(
                threads,
                "<http-listener name=\"default\"",
                "<http-listener name=\"control\" socket-binding=\"control\" worker=\"control\"/>"
                        + "<http-listener name=\"default\"");
        String bindings = replaced(
                listeners,
                "<socket-binding name=\"http\"",
                "<socket-binding name=\"control\" port=\"${control.port}\"/><socket-binding name=\"http\"");
        String extensions = replaced(
                bindings,
                "</extensions>",
                "<extension module=\"org.wildfly.extension.microprofile.fault-tolerance-smallrye\"/></extensions>");
        return replaced(
                extensions,
                "<profile>",
                "<profile><subsystem xmlns=\"urn:wildfly:microprofile-fault-tolerance-smallrye:1.0\"/>");
    }

    private static String replaced(String xml, String old, String replacement) {
        if (!xml.contains(old)) {
            throw new IllegalStateException("the configuration of this WildFly has no " + old);
        }
        return xml.replace(old, replacement);
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

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /**
     * Deploys the shop, with more lines of configuration.
     *
     * @param war the archive of the shop
     */
    void deploy(Path war, String configuration) throws IOException, InterruptedException {
        Path configured = base.resolve(WAR);
        Files.copy(war, configured, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem archive = FileSystems.newFileSystem(configured)) {
            Path file = archive.getPath("WEB-INF/classes/META-INF/microprofile-config.properties");
            Files.writeString(file, Files.readString(file) + "\n" + configuration + "\n");
        }
        Files.move(configured, base.resolve("deployments").resolve(WAR), StandardCopyOption.REPLACE_EXISTING);
        await(".deployed");
    }

    void undeploy() throws IOException, InterruptedException {
        Files.delete(marker(".deployed"));
        await(".undeployed");
        Files.delete(marker(".undeployed"));
    }

    private Path marker(String name) {
        return base.resolve("deployments").resolve(WAR + name);
    }

    private void await(String marker) throws IOException, InterruptedException {
        long end = System.nanoTime() + MAX_START.toNanos();
        while (!Files.exists(marker(marker))) {
            if (Files.exists(marker(".failed"))) {
                throw new IllegalStateException(Files.readString(marker(".failed")));
            }
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IllegalStateException("the server has no " + WAR + marker + "; see " + base);
            }
            Thread.sleep(100);
        }
    }

    /** Returns the address of the shop for its clients. */
    URI shop() {
        return URI.create("http://127.0.0.1:" + port + "/shop/");
    }

    /** Returns the address of the shop for the test itself. */
    URI control() {
        return URI.create("http://127.0.0.1:" + controlPort + "/shop/");
    }

    /** Connects to the MBeans of the server. */
    @SuppressWarnings("BanJNDI") // the address is that of a server of this test
    JMXConnector connect() throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
            try {
                return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
