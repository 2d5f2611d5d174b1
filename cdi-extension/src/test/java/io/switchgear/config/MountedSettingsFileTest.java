// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.switchgear.message.RecordedLog;
import io.switchgear.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings files that can be read but not replaced, as containers have them. */
class MountedSettingsFileTest {
    private static final String LINE = "switchgear.breaker.\"a\".open-millis = 1\n";

    private final RecordedLog log = new RecordedLog();

    @TempDir
    private Path directory;

    @TempDir
    private Path system;

    private Path path;

    @BeforeEach
    void writeAFile() throws IOException {
        // as the kernel names it
        directory = directory.toRealPath();
        path = Files.writeString(directory.resolve("x.settings"), LINE);
    }

    @AfterEach
    void stopRecording() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.settings", "two words.settings", "back\\slash", "caf\u00e9", "tab\there"})
    void aFileThatIsMountedAloneIsReadAndItsCureIsLoggedAtTheStart(String name) throws IOException {
        path = Files.writeString(directory.resolve(name), LINE);
        String cure = "settings cannot be saved in file " + path + ": " + path
                + " is mounted alone, so that it cannot be replaced; mount its directory " + directory + " instead";
        SettingsFile file = file(path);
        file.warnIfFixed();
        assertThat(log.lines()).containsExactly("WARNING SGR0043: " + cure.replaceAll("\\p{Cc}", " "));
        assertThat(file.load()).containsKey("a");
        assertThatThrownBy(() -> save(file)).hasMessage(cure);
        assertThat(directory).isDirectoryNotContaining(each -> each.toString().matches(".*\\.(lock|tmp)"));
    }

    @Test
    void aLinkToAMountedFileIsTheSame() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), path.getFileName());
        SettingsFile file = new SettingsFile(link, Duration.ofMillis(50), mounts(path));
        file.warnIfFixed();
        assertThat(log.lines()).singleElement().asString().contains(path + " is mounted alone");
    }

    @Test
    void aMountedDirectoryIsFine() throws IOException {
        SettingsFile file = new SettingsFile(path, Duration.ofMillis(50), mounts(directory));
        file.warnIfFixed();
        save(file);
        assertThat(log.lines()).isEmpty();
        assertThat(path).content().contains("open-millis = 2");
    }

    @Test
    void whereNoMountsAreListedNoneIsFound() {
        assertThat(new MountTable(directory.resolve("absent")).has(path)).isFalse();
        assertThat(new MountTable(directory).has(path)).isFalse();
    }

    @Test
    void theMountsOfThisProcessAreListed() {
        assumeThat(Path.of("/proc/self/mountinfo")).exists();
        assertThat(new MountTable().has(Path.of("/proc"))).isTrue();
        assertThat(new MountTable().has(path)).isFalse();
    }

    @Test
    void aDirectoryThatIsReadOnlyIsLoggedWithItsCureAtTheStart() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeThat(Files.isWritable(directory))
                    .as("root may write everywhere")
                    .isFalse();
            new SettingsFile(path).warnIfFixed();
            assertThat(log.lines())
                    .containsExactly("WARNING SGR0043: settings cannot be saved in file " + path + ": the directory "
                            + directory + " is read-only, and a new file must be written beside the old one; mount a"
                            + " directory that can be written, or let this process write in it");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private SettingsFile file(Path mounted) throws IOException {
        return new SettingsFile(mounted, Duration.ofMillis(50), mounts(mounted));
    }

    private static void save(SettingsFile file) {
        file.save(Map.of("a", Map.of(Setting.OPEN_MILLIS, "2")));
    }

    /** Returns a table as in the manual of Linux, with this mount point. */
    private MountTable mounts(Path mountPoint) throws IOException {
        String name = mountPoint
                .toString()
                .replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011");
        Path list = system.resolve("mountinfo");
        Files.writeString(
                list,
                "36 35 98:0 / / rw,noatime shared:1 - ext4 /dev/root rw\n" + "37 36 98:0 /x.settings " + name
                        + " rw,noatime shared:1 - ext4 /dev/root rw\n",
                StandardCharsets.UTF_8);
        return new MountTable(list);
    }
}
