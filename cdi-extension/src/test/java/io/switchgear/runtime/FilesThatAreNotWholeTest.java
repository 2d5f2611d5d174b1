// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a followed file may be written, and what it is meanwhile. */
class FilesThatAreNotWholeTest extends FollowingTestCase {
    private void follow(int value) {
        write(THRESHOLD + "=" + value);
        scheduler.twice();
        assertThat(threshold()).isEqualTo(value);
        log.lines().clear();
    }

    @Test
    void whatIsWrittenBetweenTwoLooksHasNoEffect() {
        follow(7);
        write("switchgear.default.open-millis=1");
        scheduler.next();
        write("switchgear.default.open-millis=12");
        scheduler.next();
        write("switchgear.default.open-millis=123", THRESHOLD + "=8");
        scheduler.next();
        assertThat(threshold()).isEqualTo(7);
        assertThat(users.snapshot().settings().openMillis()).isEqualTo(86_400_000);
        scheduler.next();
        assertThat(threshold()).isEqualTo(8);
        assertThat(users.snapshot().settings().openMillis()).isEqualTo(123);
        assertThat(log.lines()).noneMatch(line -> line.contains("WARNING"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n  \n",
                "switchgear.breaker.\"users\".failure-thres",
                "switchgaer.breaker.\"users\".failure-threshold=8\n",
                "switchgear.default.open-millis=1\nbroken\\u00\n",
                "switchgear.default.open-millis=1\nswitchgear.default.open-millis=2\n",
                "switchgear.default.open-millis=1\nswitchgear.default.open-minutes=2\n"
            })
    void contentThatIsNotWholeChangesNothingAndIsLoggedOnce(String content) throws IOException {
        follow(7);
        Files.writeString(file, content);
        scheduler.twice();
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
        assertThat(users.snapshot().settings().openMillis()).isEqualTo(86_400_000);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARNING SGR0067: the last values of a source of configuration stay in force: ")
                .contains(file.toString());
        write(THRESHOLD + "=8");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(8);
        assertThat(lines("SGR0067")).hasSize(1);
    }

    @Test
    void bytesThatAreNotUtf8AreNamedWithTheirLine() throws IOException {
        follow(7);
        Files.write(file, (THRESHOLD + "=8\ncaf\u00e9=1\n").getBytes(StandardCharsets.ISO_8859_1));
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
        assertThat(lines("SGR0067")).singleElement().asString().contains(file + ", line 2: caf", "is not UTF-8");
    }

    @Test
    void aFileThatVanishesKeepsItsLastValuesAndFollowsWhenItIsBack() throws IOException {
        follow(7);
        Files.delete(file);
        scheduler.twice();
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
        assertThat(lines("SGR0067"))
                .containsExactly("WARNING SGR0067: the last values of a source of configuration stay in force: " + file
                        + " is missing or empty; restore it, or write a comment into it if it is to have no keys");
        Files.createDirectory(file);
        scheduler.twice();
        assertThat(lines("SGR0067")).hasSize(2).last().asString().contains("is a directory, a pipe or a device");
        Files.delete(file);
        write(THRESHOLD + "=7");
        scheduler.next();
        assertThat(lines("SGR0067")).hasSize(2);
        write(THRESHOLD + "=8");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(8);
    }

    @Test
    void aMountedConfigMapIsFollowedThroughItsLinks() throws IOException {
        Path mount = Files.createDirectory(directory.resolve("mount"));
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        version(mount, "..2024_01", 7, time);
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2024_01"));
        Files.createSymbolicLink(mount.resolve("shop.properties"), Path.of("..data/shop.properties"));
        file = mount.resolve("shop.properties");
        restart();
        assertThat(configuredThreshold()).isEqualTo(7);
        // same size and same time as before; the old directory is removed at once
        version(mount, "..2024_02", 8, time);
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2024_02"));
        Files.move(mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(mount.resolve("..2024_01/shop.properties"));
        Files.delete(mount.resolve("..2024_01"));
        scheduler.twice();
        assertThat(threshold()).isEqualTo(8);
        Files.delete(mount.resolve("..data"));
        scheduler.twice();
        assertThat(threshold()).as("a link that leads nowhere").isEqualTo(8);
        assertThat(lines("SGR0067")).hasSize(1);
    }

    private static void version(Path mount, String name, int value, FileTime time) throws IOException {
        Path content = Files.createDirectory(mount.resolve(name)).resolve("shop.properties");
        write(content, THRESHOLD + "=" + value);
        Files.setLastModifiedTime(content, time);
    }

    @Test
    void aFileThatAnEditorReplacesIsFollowed() throws IOException {
        follow(7);
        Path temporary = directory.resolve("followed.properties~");
        write(temporary, THRESHOLD + "=8");
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        scheduler.twice();
        assertThat(threshold()).isEqualTo(8);
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        follow(7);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode("x"), 20L * 1024 * 1024);
        }
        scheduler.twice();
        assertThat(lines("SGR0067")).singleElement().asString().contains("more than 10485760 bytes");
        Files.writeString(file, "x=1\n".repeat(100_001));
        scheduler.twice();
        assertThat(lines("SGR0067")).last().asString().contains("has more than 100000 lines");
        assertThat(threshold()).isEqualTo(7);
    }

    @Test
    void aFileMayHaveAMarkContinuedLinesAndKeysOfOthers() {
        write(
                "\uFEFF# a comment that ends with \\",
                "other.library=1",
                "include=/etc/passwd",
                "switchgear.breaker.\\",
                "   \"users\".failure-threshold \\",
                "   = 7\r",
                "switchgear.default.open-millis: 12x");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
        assertThat(lines("SGR0066")).singleElement().asString().contains(file + ", line 7)");
    }

    @Test
    void aFileThatIsMissingAtTheStartFollowsWhenItComes() throws IOException {
        Files.delete(file);
        file = directory.resolve("not/yet/there.properties");
        restart();
        scheduler.twice();
        Files.createDirectories(file.getParent());
        write(THRESHOLD + "=7");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
    }

    @Test
    void ofSeveralFilesTheLastIsTheStrongest() {
        Path second = directory.resolve("test shop.properties");
        write(THRESHOLD + "=7", "switchgear.default.open-millis=1");
        write(second, THRESHOLD + "=8");
        restart("switchgear.follow", file + " , " + directory.resolve("{application}~x.properties"));
        assertThat(configuredThreshold()).isEqualTo(7);
        restart("switchgear.follow", file + " , " + second);
        assertThat(configuredThreshold()).isEqualTo(8);
        write(second, "# none");
        scheduler.twice();
        assertThat(threshold()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a,,b", "/tmp", "a,/tmp", "x\u0000y"})
    void aListOfFilesThatCannotBeUsedFailsTheStart(String list) {
        assertThatThrownBy(() -> new TestShop(Map.of("switchgear.follow", list, "switchgear.follow-seconds", "1")))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("switchgear.follow (system property) must be the paths of files");
    }

    @Test
    void theSettingsFileIsNoFollowedFile() {
        assertThatThrownBy(() -> restart("switchgear.follow", settings.toString()))
                .hasMessageContaining(
                        "must not have the file of switchgear.settings-file, which is followed in any case");
    }
}
