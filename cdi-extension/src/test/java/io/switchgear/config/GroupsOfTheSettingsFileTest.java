// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A group has access to the settings file and to its lock, and never another group in its place. */
@Timeout(60)
class GroupsOfTheSettingsFileTest {
    private static final int SERVER = 54_321;
    private static final int OPS = 54_322;

    @TempDir
    private Path directory;

    private Path path;
    private Path lock;

    /** Only root may give files away, and run a program as another user. */
    @BeforeEach
    void belongToTheServer() throws Exception {
        path = Files.createFile(directory.resolve("x.properties"));
        // as an earlier version left it
        lock = Files.createFile(directory.resolve("x.properties.lock"));
        permit(lock, "rw-r--r--");
        try {
            for (Path each : List.of(directory, path, lock)) {
                Files.setAttribute(each, "unix:uid", SERVER);
                Files.setAttribute(each, "unix:gid", SERVER);
            }
            Process asServer = new ProcessBuilder("setpriv", "--reuid=" + SERVER, "--clear-groups", "ls", classes())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assumeThat(asServer.waitFor()).as("another user can read classes").isZero();
        } catch (IOException | UnsupportedOperationException notRoot) {
            assumeThat(notRoot).as("this user is root").isNull();
        }
    }

    private static String classes() {
        return SettingsFile.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String access(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                + (Files.getAttribute(file, "unix:gid").equals(OPS) ? " ops" : "");
    }

    private void saveAsServer(String... groups) throws Exception {
        List<String> asServer = List.of(
                "setpriv",
                "--reuid=" + SERVER,
                "--regid=" + SERVER,
                groups.length == 0 ? "--clear-groups" : "--groups=" + groups[0]);
        Process server = SavingProcess.start(asServer, path, "own", "server");
        try {
            assertThat(server.waitFor(50, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
        assertThat(new SettingsFile(path).load()).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({
        "rw-rw----, rw-------, rw-------",
        "rw-r-----, rw-------, rw-------",
        "rw-rw-r--, rw----r--, rw-------",
        "rw-rw-rw-, rw----rw-, rw----rw-",
        "rw-------, rw-------, rw-------",
    })
    void aGroupThatCannotBeSetLeavesNoAccessToAnother(String before, String after, String locked) throws Exception {
        permit(path, before);
        Files.setAttribute(path, "unix:gid", OPS);
        saveAsServer();
        assertThat(access(path)).isEqualTo(after);
        assertThat(access(lock)).isEqualTo(locked);
    }

    @ParameterizedTest
    @CsvSource({"rw-rw----, rw-rw---- ops", "rw-r-----, rw-------"})
    void aGroupOfTheServerKeepsItsAccess(String before, String locked) throws Exception {
        permit(path, before);
        Files.setAttribute(path, "unix:gid", OPS);
        saveAsServer("" + OPS);
        assertThat(access(path)).isEqualTo(before + " ops");
        assertThat(access(lock)).isEqualTo(locked);
    }

    @Test
    void aGroupThatADirectoryPassesOnKeepsItsAccess() throws Exception {
        permit(path, "rw-rw----");
        Files.setAttribute(path, "unix:gid", OPS);
        Files.setAttribute(directory, "unix:gid", OPS);
        Files.setAttribute(directory, "unix:mode", 02770);
        saveAsServer();
        assertThat(access(path)).isEqualTo("rw-rw---- ops");
    }
}
