// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A properties file of configuration that is read again while the application runs.
 *
 * <p>Its content is compared, and links are resolved anew each time. Intentional: neither times nor events of the file
 * system are used. A mounted ConfigMap is changed by a link to its directory, which leaves the times of the files and
 * the watches on them as they were, and remote file systems send no events.
 *
 * <p>A file that another program is writing has effect only when it is whole: when two readings find the same. Until
 * then, and while it is missing, empty, or has a line that cannot be read or is not known, the last values stay.
 */
final class FollowedFile {
    private final Path path;
    private final int strength;
    // the content that has effect, the one that cannot have any, and one that has to be confirmed
    private String accepted;
    private String refused;
    private String seen;
    private List<ConfigEntry> entries = List.of();
    private String problem = "";

    /** @param strength the precedence of its entries */
    FollowedFile(Path path, int strength) {
        this.path = path;
        this.strength = strength;
    }

    Path path() {
        return path;
    }

    /** Returns the entries of the last content that was whole. */
    List<ConfigEntry> entries() {
        return entries;
    }

    /** Returns why the present content has no effect, a sentence with the cure; empty if it has effect. */
    String problem() {
        return problem;
    }

    /** Returns whether the last reading found new content, which the next one has to confirm. */
    boolean isPending() {
        return seen != null;
    }

    /** Reads the file. New content has effect if the reading before found it too, or {@code atOnce}. */
    void read(boolean atOnce) {
        String before = seen;
        seen = null;
        try {
            String found = AtomicFile.content(path);
            if (found.isBlank()) {
                problem =
                        path + " is missing or empty; restore it, or write a comment into it if it is to have no keys";
            } else if (found.equals(accepted)) {
                problem = "";
            } else if (atOnce || found.equals(before)) {
                accept(found);
            } else if (!found.equals(refused)) {
                seen = found;
            }
        } catch (IOException unreadable) {
            problem = path + " cannot be read: "
                    + (unreadable.getClass() == IOException.class ? unreadable.getMessage() : unreadable);
        }
    }

    private void accept(String found) {
        try {
            entries = parsed(found);
            accepted = found;
            problem = "";
        } catch (IllegalArgumentException damaged) {
            refused = found;
            problem = damaged.getMessage();
        }
    }

    /** @throws IllegalArgumentException with the problem of the first line that has one */
    private List<ConfigEntry> parsed(String found) {
        List<String> lines = SavedLines.split(found);
        if (lines.size() > SettingsFile.MAX_LINES) {
            throw new IllegalArgumentException(
                    path + " has more than " + SettingsFile.MAX_LINES + " lines; remove what does not belong there");
        }
        Map<String, ConfigEntry> byKey = new LinkedHashMap<>();
        int number = 1;
        for (String line : lines) {
            String place = path + ", line " + number;
            property(line, place)
                    .map(property -> new ConfigEntry(property.getKey(), property.getValue(), place, strength))
                    .filter(entry -> isOurs(entry))
                    .ifPresent(entry -> add(entry, byKey));
            number += (int) line.lines().count();
        }
        return List.copyOf(byKey.values());
    }

    private static Optional<Map.Entry<String, String>> property(String line, String place) {
        try {
            return SavedLine.property(line);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalArgumentException(place + ": " + damaged.getMessage(), damaged);
        }
    }

    /**
     * @throws IllegalArgumentException if it is not a known key: without that line, the key meant would seem removed
     */
    private static boolean isOurs(ConfigEntry entry) {
        boolean ours = ConfigKeys.isOurs(entry.key());
        boolean misspelled = !ours
                && ConfigKeys.concerns(entry.key())
                && KeyHint.meant(entry.key()).isPresent();
        if (misspelled || (ours && !ConfigKeys.isKnown(entry.key()))) {
            throw new IllegalArgumentException(entry + " is not known" + KeyHint.of(entry.key()));
        }
        return ours;
    }

    private static void add(ConfigEntry entry, Map<String, ConfigEntry> byKey) {
        ConfigEntry earlier = byKey.put(entry.key(), entry);
        if (earlier != null && !earlier.value().equals(entry.value())) {
            throw new IllegalArgumentException(
                    entry + " has another value than in " + earlier.source() + "; remove one of these lines");
        }
    }
}
