// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sources of configuration that are read again while the application runs: MicroProfile Config, or environment and
 * system properties, and the files of {@code switchgear.follow}. Not safe for use by several threads at once.
 */
public final class FollowedSources {
    private final Supplier<ConfigSources> reader;
    private final List<FollowedFile> files;
    private ConfigSources last;
    private Found found;
    private List<ConfigEntry> entries = List.of();

    /**
     * What a reading found.
     *
     * @param configuration the configuration from now on; the one before if nothing has changed
     * @param refused a sentence for each entry that is refused; the entry before stays in force
     * @param unreadable a sentence for each source that cannot be used now; its last entries stay in force
     * @param pending whether the next reading has to confirm what this one found
     */
    public record Found(Configuration configuration, List<String> refused, List<String> unreadable, boolean pending) {}

    /**
     * Creates the sources; nothing is read yet.
     *
     * @param deployed all sources but the files, as they were read at the start
     * @param reader reads them again
     * @param paths the files, the strongest last
     */
    FollowedSources(ConfigSources deployed, Supplier<ConfigSources> reader, List<Path> paths) {
        this.last = deployed;
        this.reader = reader;
        this.files = IntStream.range(0, paths.size())
                .mapToObj(i -> new FollowedFile(paths.get(i), Integer.MAX_VALUE - paths.size() + i + 1))
                .toList();
    }

    /** Returns the files. */
    public List<Path> files() {
        return files.stream().map(FollowedFile::path).toList();
    }

    /** Reads the files for the first time; what they have now has effect. */
    public Found readFiles(Configuration deployed) {
        return found(deployed, true, new ArrayList<>());
    }

    /**
     * Reads the sources.
     *
     * @param present the configuration in force
     * @param atOnce whether new content of a file has effect although no earlier reading has found the same
     */
    public Found read(Configuration present, boolean atOnce) {
        List<String> unreadable = new ArrayList<>();
        try {
            last = reader.get();
        } catch (IllegalStateException broken) {
            unreadable.add(broken.getMessage());
        }
        return found(present, atOnce, unreadable);
    }

    private Found found(Configuration present, boolean atOnce, List<String> unreadable) {
        ConfigSources now = new ConfigSources(new ArrayList<>(last.entries()), last.problems(), last.unreadable());
        boolean pending = false;
        for (FollowedFile file : files) {
            file.read(atOnce);
            pending |= file.isPending();
            if (!file.problem().isEmpty()) {
                unreadable.add(file.problem());
            }
            now.entries().addAll(file.entries());
        }
        if (found == null || found.configuration() != present || !now.entries().equals(entries)) {
            List<String> refused = new ArrayList<>();
            entries = now.entries();
            found = new Found(NextConfiguration.after(present, now, refused::add), refused, unreadable, pending);
        }
        return new Found(found.configuration(), found.refused(), unreadable, pending);
    }

    /** Returns the paths in the value of {@code switchgear.follow}. */
    static Stream<String> split(String value) {
        return Stream.of(value.split(",", -1)).map(String::strip);
    }

    /** Returns the problem with the value of {@code switchgear.follow}, and its cure; empty if there is none. */
    static String problem(String value, String settingsFile) {
        return split(value)
                .map(path -> problemOf(path, settingsFile))
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .map(problem -> problem + " but was \"" + value + "\"")
                .orElse("");
    }

    private static String problemOf(String path, String settingsFile) {
        if (path.isBlank()) {
            return "must be the paths of files, with a comma between each two,";
        }
        try {
            if (Files.isDirectory(Path.of(path))) {
                return "must be the paths of files, and not of the directory " + path + ",";
            }
        } catch (InvalidPathException noPath) {
            return "must be the paths of files (" + noPath.getReason() + ")";
        }
        return path.equals(settingsFile)
                ? "must not have the file of " + ConfigKeys.SETTINGS_FILE + ", which is followed in any case,"
                : "";
    }
}
