// SPDX-License-Identifier: Apache-2.0
package io.switchgear.ejb.database;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL server in a temporary directory. The programs come from the packages of the system. */
public final class PostgresServer {
    private final Path directory;
    private final int port;

    private PostgresServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Creates and starts a server; skips the test where PostgreSQL is not installed. */
    public static PostgresServer start() throws IOException, InterruptedException {
        assumeTrue(
                Stream.of("initdb", "pg_ctl").allMatch(PostgresServer::isInstalled),
                "initdb and pg_ctl of PostgreSQL are not in the PATH");
        Path directory = Files.createTempDirectory("switchgear-postgres");
        if (isRoot()) {
            // the server refuses to run as root
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        PostgresServer server = new PostgresServer(directory, port);
        server.run("initdb", "-D", server.data(), "-U", "admin", "-A", "trust", "-E", "UTF8", "--no-sync");
        server.startAgain();
        return server;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void run(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        line.addAll(List.of(command));
        Path output = Files.createTempFile("switchgear-postgres", ".log");
        Process process = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean done = process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        String text = Files.readString(output);
        Files.delete(output);
        if (!done) {
            throw new IOException(line + " failed: " + text);
        }
    }

    /** Starts the server after {@link #stop}. */
    public void startAgain() throws IOException, InterruptedException {
        run(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                directory.resolve("server.log").toString(),
                "-o",
                "-p " + port + " -k " + directory + " -c listen_addresses=127.0.0.1 -c fsync=off",
                "start");
    }

    /** Stops the server; its connections break. */
    public void stop() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }

    /** Creates an empty schema, the place of the tables of one test. */
    public void create(String schema) throws SQLException {
        try (Connection connection = source("public", "admin").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        }
    }

    /** Returns the address of a schema. */
    public String url(String schema) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?currentSchema=" + schema;
    }

    /** Returns a data source. */
    public DataSource source(String schema, String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url(schema));
        source.setUser(user);
        return source;
    }

    /** Returns a data source that keeps connections, as those of servers do. */
    public JdbcConnectionPool pool(String schema) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setURL(url(schema));
        source.setUser("admin");
        return JdbcConnectionPool.create(source);
    }

    /** Stops the server and deletes its directory. */
    public void close() throws IOException, InterruptedException {
        if (Files.exists(directory.resolve("data/postmaster.pid"))) {
            stop();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
