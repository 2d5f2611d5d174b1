// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;

/** The value of {@code switchgear.settings-file}. */
final class SettingsPath {
    private static final String APPLICATION = "{application}";
    private static final int MAX_LENGTH = 100;
    private static final int SUFFIX_LENGTH = 8;

    private SettingsPath() {}

    /** Returns the absolute path that {@code value} names for this application. */
    static Path of(String value, String application) {
        return Path.of(value.replace(APPLICATION, safe(application))).toAbsolutePath();
    }

    /** Returns the problem with {@code value} and its cure, as the rest of a sentence; empty if there is none. */
    static String problem(String value) {
        if (value.isBlank()) {
            return "must not be blank; name a file";
        }
        String but = " but was \"" + value + "\"";
        Path file;
        try {
            file = Path.of(value).toAbsolutePath();
        } catch (InvalidPathException noPath) {
            return "must be the path of a file" + but + ": " + noPath.getReason();
        }
        Path directory = file.getParent();
        if (directory == null || Files.isDirectory(file)) {
            return "must be the path of a file" + but + ", a directory; name a file in it";
        }
        if (directory.toString().contains(APPLICATION)) {
            // otherwise the directory of each application would have to exist before its first deployment
            return "must have " + APPLICATION + " nowhere but in the name of the file" + but;
        }
        return Files.isDirectory(directory)
                ? ""
                : "must be in a directory that exists" + but + "; create " + directory + " or name another";
    }

    /**
     * Returns the name for use in a file name; never one that means a directory, as {@code ..} does. A name that has to
     * be changed for that gets a suffix, so that different names have different files.
     */
    private static String safe(String application) {
        if (application.matches("[A-Za-z0-9._-]{1," + MAX_LENGTH + "}") && !application.matches("\\.*")) {
            return application;
        }
        String safe = application.replaceAll("[^A-Za-z0-9_-]", "_");
        String suffix = UUID.nameUUIDFromBytes(application.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, SUFFIX_LENGTH);
        return safe.substring(0, Math.min(safe.length(), MAX_LENGTH)) + "~" + suffix;
    }
}
