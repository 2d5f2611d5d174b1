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
import java.util.HashSet;
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

    /** The content of a file from which all saved settings were removed; one without content counts as damaged. */
    private static final String NOTHING_SAVED = "# no settings are saved\n";

    private final AtomicFile file;
    // both guarded by this
    private boolean hadContent;
    private Set<String> warned = Set.of();

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
    public synchronized Map<String, Map<Setting, String>> load() {
        SavedLines lines;
        try {
            String content = file.read();
            if (hadContent && content.isBlank()) {
                throw new IOException("it is missing or empty; restore it, or write a comment into it if no settings"
                        + " are to be saved");
            }
            lines = lines(content);
            hadContent = !content.isBlank();
        } catch (IOException failure) {
            throw failed("read from", failure);
        }
        warn(lines);
        return lines.settings();
    }

    /** Logs the lines that are ignored, but not those that the last reading found too. */
    private void warn(SavedLines lines) {
        Set<String> found = new HashSet<>();
        AtomicInteger ignored = new AtomicInteger();
        lines.problems((problem, number) -> {
            if (found.size() < MAX_WARNINGS) {
                found.add(number + ": " + problem);
                if (!warned.contains(number + ": " + problem)) {
                    Message.SAVED_LINE_IGNORED.log(file.path(), number, problem);
                }
            } else {
                ignored.incrementAndGet();
            }
        });
        String more = Text.count(ignored.get(), "more line");
        if (ignored.get() > 0 && found.add(more) && !warned.contains(more)) {
            Message.MORE_LINES_IGNORED.log(file.path(), more);
        }
        warned = found;
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
                return changed.isBlank() && !content.isBlank() ? NOTHING_SAVED : changed;
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
