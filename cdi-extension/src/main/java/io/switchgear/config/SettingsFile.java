// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.message.Message;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.SettingsStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A properties file of saved settings, written as in configuration:
 * {@code switchgear.breaker."Orders#place(String,int)".failure-threshold = 10}.
 *
 * <p>It may be edited by hand. Comments, and lines that are not understood, are kept where they are; {@link #load}
 * warns of the latter. A file that does not exist counts as empty.
 *
 * <p>Several applications and processes may share a file. Each change is made to the content that the others have
 * written, and the file is replaced as a whole, so that no crash leaves half of it. Beside it there is an empty file
 * {@code .lock}.
 */
public final class SettingsFile implements SettingsStore {
    static final int MAX_LINES = 100_000;

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_WARNINGS = 20;

    private final AtomicFile file;

    /** @param path the file, which need not exist, in a directory that does */
    public SettingsFile(Path path) {
        this(path, LOCK_TIMEOUT);
    }

    SettingsFile(Path path, Duration lockTimeout) {
        this(path, lockTimeout, new MountTable());
    }

    SettingsFile(Path path, Duration lockTimeout, MountTable mounts) {
        file = new AtomicFile(path, lockTimeout, mounts);
    }

    /** Logs a warning with the cure if nothing can be saved in the file, although it may be read. */
    public void warnIfFixed() {
        try {
            file.checkReplaceable();
        } catch (IOException fixed) {
            Message.SETTINGS_FILE_FIXED.log(description(), reason(fixed));
        }
    }

    @Override
    public Map<String, Map<Setting, String>> load() {
        SavedLines lines;
        try {
            lines = lines(file.read());
        } catch (IOException failure) {
            throw failed("read from", failure);
        }
        AtomicInteger ignored = new AtomicInteger();
        lines.problems((problem, number) -> {
            if (ignored.incrementAndGet() <= MAX_WARNINGS) {
                Message.SAVED_LINE_IGNORED.log(file.path(), number, problem);
            }
        });
        if (ignored.get() > MAX_WARNINGS) {
            Message.MORE_LINES_IGNORED.log(file.path(), Text.count(ignored.get() - MAX_WARNINGS, "more line"));
        }
        return lines.settings();
    }

    private static SavedLines lines(String content) throws IOException {
        if (hasTooManyLines(content)) {
            throw new IOException("more than " + MAX_LINES + " lines; remove what does not belong there");
        }
        return new SavedLines(content);
    }

    private static boolean hasTooManyLines(String content) {
        return content.lines().skip(MAX_LINES).findAny().isPresent();
    }

    @Override
    public void save(Map<String, Map<Setting, String>> byName) {
        byName.values().forEach(values -> values.forEach(Setting::parse));
        change(lines -> lines.with(byName));
    }

    @Override
    public Set<String> forget(Predicate<String> name) {
        Set<String> forgotten = new TreeSet<>();
        change(lines -> {
            forgotten.clear();
            lines.settings().keySet().stream().filter(name).forEach(forgotten::add);
            return lines.with(forgotten.stream().collect(Collectors.toMap(each -> each, each -> Map.of())));
        });
        return forgotten;
    }

    private void change(Function<SavedLines, String> change) {
        try {
            file.change(content -> {
                String changed = change.apply(lines(content));
                if (hasTooManyLines(changed)) {
                    throw new IOException("it would have more than " + MAX_LINES + " lines; forget saved settings that"
                            + " are no longer needed, or change those of many in configuration");
                }
                return changed;
            });
        } catch (IOException failure) {
            throw failed("saved in", failure);
        }
    }

    @Override
    public String description() {
        return "file " + file.path();
    }

    private UncheckedIOException failed(String attempt, IOException failure) {
        return new UncheckedIOException(
                "settings cannot be " + attempt + " " + description() + ": " + reason(failure), failure);
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no access to " + denied.getFile() + "; let this process read and write it and its directory";
        }
        return failure.getClass() == IOException.class
                ? failure.getMessage()
                : failure + "; see to the file and its directory";
    }
}
