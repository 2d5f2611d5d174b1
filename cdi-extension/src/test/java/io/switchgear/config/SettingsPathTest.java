// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static io.switchgear.config.TestConfiguration.configured;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@link SettingsPath} finds the settings file, as seen through {@link Configuration}. */
class SettingsPathTest {
    @Test
    void theSettingsFileIsNamedAfterTheApplication(@TempDir Path directory) {
        Configuration configuration = configured(
                "switchgear.settings-file",
                directory.resolve("{application}.properties").toString());
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.settingsFile("shop.ear/orders v1.2_b-c"))
                .get()
                .asString()
                .matches(directory + "/shop_ear_orders_v1_2_b-c~[0-9a-f]{8}.properties");
        assertThat(configuration.settingsFile("shop-1.2_b")).contains(directory.resolve("shop-1.2_b.properties"));
        assertThat(configured().settingsFile("shop")).isEmpty();
    }

    @Test
    void noApplicationNamesAnotherDirectory(@TempDir Path directory) {
        Configuration configuration = configured(
                "switchgear.settings-file", directory.resolve("{application}").toString());
        for (String name :
                List.of("../../etc/passwd", "..", ".", "", "a\0b", "x".repeat(5_000), "\uD83D\uDE00".repeat(99))) {
            Path file = configuration.settingsFile(name).orElseThrow();
            assertThat(file.getParent()).isEqualTo(directory);
            assertThat(file.getFileName().toString()).hasSizeLessThan(120).matches("[A-Za-z0-9_-]*~[0-9a-f]{8}");
        }
    }

    @Test
    void applicationsOfDifferentNamesHaveDifferentFiles(@TempDir Path directory) {
        Configuration configuration = configured(
                "switchgear.settings-file", directory.resolve("{application}").toString());
        List<String> names = List.of(
                "a/b",
                "a:b",
                "a_b",
                "a b",
                "a\\b",
                "a.b",
                "a-b",
                "a~b",
                "..",
                ".",
                "__",
                "_",
                "x".repeat(100),
                "x".repeat(101),
                "x".repeat(102),
                configuration.settingsFile("a/b").orElseThrow().getFileName().toString());
        assertThat(names.stream().map(name -> configuration.settingsFile(name).orElseThrow()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aRelativeSettingsFileIsMadeAbsolute() {
        assertThat(configured("switchgear.settings-file", "x.properties").settingsFile("shop"))
                .contains(Path.of("x.properties").toAbsolutePath());
    }

    @Test
    void aSettingsFileThatCannotBeIsNamedWithItsCure(@TempDir Path directory) throws IOException {
        assertSettingsFileProblem(" ", "must not be blank; name a file");
        assertSettingsFileProblem("a\0b", "must be the path of a file but was \"a\0b\": Nul character not allowed");
        assertSettingsFileProblem("/", "must be the path of a file but was \"/\", a directory; name a file in it");
        assertSettingsFileProblem(
                directory.toString(),
                "must be the path of a file but was \"" + directory + "\", a directory; name a file in it");
        Path missing = directory.resolve("missing");
        assertSettingsFileProblem(
                missing + "/x",
                "must be in a directory that exists but was \"" + missing + "/x\"; create " + missing
                        + " or name another");
        Path noDirectory = Files.createFile(directory.resolve("file"));
        assertSettingsFileProblem(
                noDirectory + "/x",
                "must be in a directory that exists but was \"" + noDirectory + "/x\"; create " + noDirectory
                        + " or name another");
        assertSettingsFileProblem(
                directory + "/{application}/x",
                "must have {application} nowhere but in the name of the file but was \"" + directory
                        + "/{application}/x\"");
    }

    private static void assertSettingsFileProblem(String value, String problem) {
        assertThat(configured("switchgear.settings-file", value).problems())
                .containsExactly("switchgear.settings-file (test) " + problem);
    }
}
