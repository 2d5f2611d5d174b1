// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchgear.settings.Setting;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link AtomicFile} replaces a file, as seen through {@link SettingsFile}. */
class AtomicFileTest {
    private static final String LINE = "switchgear.breaker.\"a\".open-millis = 1\n";

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void nameAFile() {
        path = directory.resolve("x.properties");
    }

    private static SettingsFile file(Path path) {
        return new SettingsFile(path, Duration.ofMillis(50));
    }

    private static void save(Path path) {
        file(path).save(Map.of("a", Map.of(Setting.OPEN_MILLIS, "1")));
    }

    private static void assertFails(ThrowingCallable attempt, Path file, String... words) {
        assertThatThrownBy(attempt)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("settings cannot be ")
                .hasMessageContaining(" file " + file + ": ")
                .hasMessageContainingAll(words);
    }

    @Test
    void whatALinkLeadsToIsReplacedAndTheLinkStays() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real")).resolve("y.properties");
        Path between = Files.createSymbolicLink(directory.resolve("between"), Path.of("real", "y.properties"));
        Files.createSymbolicLink(path, between);
        save(path);
        assertThat(real).hasContent(LINE);
        assertThat(path).isSymbolicLink();
        assertThat(between).isSymbolicLink();
        assertThat(file(path).forget(name -> true)).containsExactly("a");
        assertThat(real).hasContent("# no settings are saved");
        assertThat(path).isSymbolicLink();
    }

    @Test
    void linksInACircleAreAnError() throws IOException {
        Files.createSymbolicLink(path, directory.resolve("other"));
        Files.createSymbolicLink(directory.resolve("other"), path);
        assertFails(() -> file(path).load(), path, "FileSystemLoopException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-r--", "rw-rw-rw-"})
    void permissionsAreKept(String permissions) throws IOException {
        Files.createFile(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        save(path);
        assertThat(path).hasContent(LINE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo(permissions);
    }

    @Test
    void whatAKillLeftBesideItIsCleanedUp() throws IOException {
        Path left = directory.resolve("x.properties.tmp");
        Files.writeString(left, "half a li");
        assertThat(file(path).load()).isEmpty();
        save(path);
        assertThat(path).hasContent(LINE);
        assertThat(left).doesNotExist();
    }

    @Test
    void aDirectoryThatDoesNotExistIsAnError() {
        Path missing = directory.resolve("missing").resolve("x");
        assertFails(() -> file(missing).load(), missing, "read from", missing.getParent() + "; create it");
        assertFails(() -> save(missing), missing, "saved in", missing.getParent() + "; create it");
    }

    @Test
    void aDirectoryInItsPlaceIsAnError() {
        assertFails(() -> file(directory).load(), directory, "is a directory");
        assertFails(() -> save(directory), directory, "is a directory");
    }

    @Test
    void aFileOfMoreThanTenMegabytesIsAnErrorAndStays() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(path.toFile(), "rw")) {
            large.setLength(AtomicFile.MAX_BYTES + 1L);
        }
        assertFails(() -> file(path).load(), path, "more than 10485760 bytes");
        assertFails(() -> save(path), path, "more than 10485760 bytes");
        assertThat(path).hasSize(AtomicFile.MAX_BYTES + 1L);
    }

    @Test
    void aFileIsNotMadeTooLargeToBeRead() throws IOException {
        String comment = "#" + "x".repeat(AtomicFile.MAX_BYTES - 2) + "\n";
        Files.writeString(path, comment);
        assertFails(() -> save(path), path, "more than 10485760 bytes");
        assertThat(path).hasSize(comment.length());
    }

    @Test
    void whatCannotBeReplacedStays() throws IOException {
        Files.writeString(path, "# old\n");
        Files.createDirectories(directory.resolve("x.properties.tmp").resolve("in the way"));
        assertFails(() -> save(path), path, "saved in", "x.properties.tmp");
        assertThat(path).hasContent("# old\n");
    }

    @Test
    void aFileThatIsReadOnlyIsNotReplaced() throws IOException {
        Files.writeString(path, "# old\n");
        assumeThat(path.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(path)).as("an administrator may write all").isFalse();
        assertFails(() -> save(path), path, "no access to " + path);
        assertThat(path).hasContent("# old\n");
    }

    @Test
    void aFileThatMayNotBeReadIsAnError() throws IOException {
        Files.writeString(path, "# old\n");
        assumeThat(path.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(path)).as("an administrator may read all").isFalse();
        assertFails(() -> file(path).load(), path, "read from", "no access to " + path);
        assertFails(() -> save(path), path, "saved in", "no access to " + path);
    }

    @Test
    void aLockThatAnotherProcessHoldsIsWaitedForButNotForEver() throws IOException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("x.properties.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(file(path).load()).isEmpty();
            assertFails(() -> save(path), path, "the lock on " + directory.resolve("x.properties.lock"), "50 ms");
        }
        save(path);
        assertThat(path).hasContent(LINE);
    }

    @Test
    void anInterruptedThreadDoesNotWaitAndStaysInterrupted() throws IOException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("x.properties.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Thread.currentThread().interrupt();
            assertFails(() -> save(path), path, "saved in");
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(path).doesNotExist();
    }
}
