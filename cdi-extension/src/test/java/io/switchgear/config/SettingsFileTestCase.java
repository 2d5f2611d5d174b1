// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A settings file that does not exist yet. */
abstract class SettingsFileTestCase {
    @TempDir
    Path directory;

    Path path;
    SettingsFile file;

    @BeforeEach
    void nameAFile() {
        path = directory.resolve("settings.properties");
        file = new SettingsFile(path);
    }
}
