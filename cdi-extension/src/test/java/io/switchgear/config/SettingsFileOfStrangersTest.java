// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchgear.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other users of the machine may have put in place of a settings file, or beside it. */
@Timeout(60)
class SettingsFileOfStrangersTest {
    private static final int STRANGER = 54_321;

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void nameAFile() {
        path = directory.resolve("x.properties");
    }

    private Path beside(String suffix) {
        return directory.resolve("x.properties" + suffix);
    }

    private SettingsFile file() {
        return new SettingsFile(path, Duration.ofMillis(50));
    }

    private void save() {
        file().save(Map.of("a", Map.of(Setting.OPEN_MILLIS, "1")));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void fifo(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    private static void assertRefused(ThrowingCallable attempt, String... words) {
        assertThatThrownBy(attempt).isInstanceOf(UncheckedIOException.class).hasMessageContainingAll(words);
    }

    @Test
    void newFilesAreForThisUserAlone() throws IOException {
        save();
        assertThat(permissions(path)).isEqualTo("rw-------");
        assertThat(permissions(beside(".lock"))).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r--r--, rw-------",
        "rw-rw-r--, rw-rw----",
        "rw-rw-rw-, rw-rw-rw-",
        "rw-r-----, rw-------",
    })
    void whoMayOnlyReadTheFileMayNotHoldItsLock(String settings, String lock) throws IOException {
        Files.createFile(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(settings));
        // as an earlier version left it
        Files.createFile(beside(".lock"));
        Files.setPosixFilePermissions(beside(".lock"), PosixFilePermissions.fromString("rw-r--r--"));
        save();
        assertThat(permissions(path)).isEqualTo(settings);
        assertThat(permissions(beside(".lock"))).isEqualTo(lock);
    }

    @Test
    void aPipeInPlaceOfTheLockIsRefused() throws Exception {
        fifo(beside(".lock"));
        assertRefused(this::save, "x.properties.lock is a link, a directory, a pipe or a device; remove it");
        assertThat(path).doesNotExist();
    }

    @Test
    void aPipeInPlaceOfTheFileIsRefused() throws Exception {
        fifo(path);
        assertRefused(this::save, "x.properties is a directory, a pipe or a device; name a file");
        assertRefused(() -> file().load(), "is a directory, a pipe or a device");
    }

    @Test
    void aPipeInPlaceOfTheTemporaryFileIsReplaced() throws Exception {
        fifo(beside(".tmp"));
        save();
        assertThat(file().load()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {".lock", ".tmp"})
    void aLinkBesideTheFileIsNotFollowed(String suffix) throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "keep");
        Files.createSymbolicLink(beside(suffix), precious);
        try {
            save();
        } catch (UncheckedIOException refused) {
            assertThat(refused).hasMessageContaining("remove it");
        }
        assertThat(precious).hasContent("keep");
    }

    @ParameterizedTest
    @ValueSource(strings = {".lock", ".tmp"})
    void aDirectoryBesideTheFileIsRefused(String suffix) throws IOException {
        Files.createFile(Files.createDirectory(beside(suffix)).resolve("full"));
        assertRefused(this::save, "x.properties" + suffix);
    }

    private static void give(Path file, int user) {
        try {
            Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException notRoot) {
            assumeThat(notRoot).as("only root may give files away").isNull();
        }
    }

    @Test
    void theLinkOfAStrangerIsNotFollowed() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "keep");
        Files.createSymbolicLink(path, precious);
        give(path, STRANGER);
        assertRefused(this::save, "is a link of another user than the owner of its directory", "remove it");
        assertRefused(() -> file().load(), "is a link of another user");
        assertThat(precious).hasContent("keep");
        give(directory, STRANGER);
        save();
        assertThat(precious).content().startsWith("keep").contains("switchgear.breaker.\"a\".open-millis = 1");
    }

    @Test
    void theLinksOfAMountedConfigMapAreFollowed() throws IOException {
        Path version = Files.createDirectory(directory.resolve("..2026_11_29"));
        Files.writeString(version.resolve("x.properties"), "switchgear.breaker.\"a\".open-millis = 7\n");
        Files.createSymbolicLink(directory.resolve("..data"), version.getFileName());
        Files.createSymbolicLink(path, Path.of("..data", "x.properties"));
        assertThat(file().load()).containsOnly(Map.entry("a", Map.of(Setting.OPEN_MILLIS, "7")));
    }

    @Test
    void aHardLinkToAnotherFileIsNotWrittenThrough() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "keep\n");
        Files.createLink(path, precious);
        save();
        assertThat(precious).hasContent("keep\n");
    }

    @Test
    void whatAnEditorWritesMeanwhileIsNotLost() throws IOException {
        AtomicFile file = new AtomicFile(path, Duration.ofMillis(50), new MountTable());
        boolean[] edited = {false};
        file.change(content -> {
            if (!edited[0]) {
                edited[0] = true;
                Files.writeString(path, "# by an editor\n");
            }
            return content + "added\n";
        });
        assertThat(path).hasContent("# by an editor\nadded\n");
    }

    @Test
    void aFileThatChangesAllTheTimeIsAnErrorAndStays() throws IOException {
        AtomicFile file = new AtomicFile(path, Duration.ofMillis(50), new MountTable());
        int[] times = {0};
        assertThatThrownBy(() -> file.change(content -> {
                    Files.writeString(path, "version " + ++times[0]);
                    return "mine";
                }))
                .hasMessage("another program changed it 3 times meanwhile; save again");
        assertThat(path).hasContent("version 3");
        assertThat(beside(".tmp")).doesNotExist();
    }
}
