// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchgear.it.servers.Archives;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The H2 that WildFly brings, as a process of its own that several servers share. */
final class SharedDatabase {
    /** The JNDI name of the data source. */
    static final String NAME = "java:jboss/datasources/Fleet";

    private final Path directory;
    private final int port;
    private Process process;

    private SharedDatabase(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Starts a database that is empty. */
    static SharedDatabase start(String name) throws IOException {
        Path directory = Archives.directory(name);
        try (Stream<Path> old = Files.list(directory)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        SharedDatabase database = new SharedDatabase(directory, freePort());
        database.start();
        return database;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Starts it, again after {@link #stop}. */
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Dh2.bindAddress=127.0.0.1",
                        "-cp",
                        jar().toString(),
                        "org.h2.tools.Server",
                        "-tcp",
                        "-tcpPort",
                        String.valueOf(port),
                        "-ifNotExists",
                        "-baseDir",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            }
        });
    }

    private static Path jar() throws IOException {
        Path home = Path.of(System.getProperty("server.home"), "modules/system/layers/base/com/h2database/h2/main");
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Adds a data source on this database. */
    WebArchive addTo(WebArchive war) {
        return addDataSource(war, "jdbc:h2:tcp://127.0.0.1:" + port + "/./fleet", "h2", "sa");
    }

    /** Adds a data source, {@link #NAME}, whose pool validates connections as it should after an outage. */
    static WebArchive addDataSource(WebArchive war, String url, String driver, String user) {
        return war.addAsWebInfResource(new StringAsset("""
                        <datasources xmlns="http://www.jboss.org/ironjacamar/schema">
                          <datasource jndi-name="%s" pool-name="Fleet" use-java-context="true">
                            <connection-url>%s</connection-url>
                            <driver>%s</driver>
                            <pool>
                              <max-pool-size>5</max-pool-size>
                            </pool>
                            <security>
                              <user-name>%s</user-name>
                              <password>sa</password>
                            </security>
                            <validation>
                              <check-valid-connection-sql>select 1</check-valid-connection-sql>
                              <validate-on-match>true</validate-on-match>
                            </validation>
                          </datasource>
                        </datasources>
                        """.formatted(NAME, url, driver, user)), "fleet-ds.xml");
    }

    void stop() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the database stops")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
