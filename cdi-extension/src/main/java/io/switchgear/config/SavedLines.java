// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.settings.NamedSetting;
import io.switchgear.settings.Setting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/** The lines of a settings file, including those that are not ours. */
final class SavedLines {
    /** A byte order mark, as some editors write it at the beginning. */
    private static final String MARK = "\u00EF\u00BB\u00BF";

    private final String mark;
    private final List<SavedLine> lines = new ArrayList<>();

    /** @param content one {@code char} for each byte */
    SavedLines(String content) {
        mark = content.startsWith(MARK) ? MARK : "";
        split(content).forEach(line -> lines.add(SavedLine.of(line)));
    }

    /** Returns the lines of a properties file, without a byte order mark; each goes on after a backslash at its end. */
    static List<String> split(String content) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part :
                content.substring(content.startsWith(MARK) ? MARK.length() : 0).split("(?<=\n)|(?<=\r)(?!\n)", -1)) {
            // only the beginning of a line tells whether it is a comment
            boolean goesOn = line.isEmpty() ? SavedLine.continues(part) : SavedLine.endsWithBackslash(part);
            line.append(part);
            if (!goesOn) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** Returns the saved settings by name; of several lines for the same setting the last one counts. */
    Map<String, Map<Setting, String>> settings() {
        Map<String, Map<Setting, String>> settings = new TreeMap<>();
        for (SavedLine line : lines) {
            if (line instanceof SavedLine.Saved saved) {
                NamedSetting known = saved.known();
                settings.computeIfAbsent(known.name(), name -> new EnumMap<>(Setting.class))
                        .put(known.setting(), saved.value());
            }
        }
        return settings;
    }

    /** Reports the problem of each line without effect, and its number. */
    void problems(ObjIntConsumer<String> each) {
        int number = 1;
        for (SavedLine line : lines) {
            if (line instanceof SavedLine.Damaged damaged) {
                each.accept(damaged.problem(), number);
            }
            number += (int) line.text().lines().count();
        }
    }

    /** Returns the content with all of {@code byName}, and with nothing else for the names in it. */
    String with(Map<String, Map<Setting, String>> byName) {
        Map<String, Map<Setting, String>> missing = new TreeMap<>();
        byName.forEach((name, values) -> missing.put(name, new TreeMap<>(values)));
        Deque<String> content = new ArrayDeque<>();
        // from the end, since of several lines for a setting the last one is kept
        for (int i = lines.size() - 1; i >= 0; i--) {
            content.addFirst(replacement(lines.get(i), byName, missing));
        }
        List<String> added = NamedSetting.lines(missing);
        if (!added.isEmpty() && !content.isEmpty()) {
            content.addLast(missingEnd(content.getLast()));
        }
        added.forEach(line -> content.addLast(line + "\n"));
        String after = String.join("", content);
        // a mark within the file is part of a key, and must not become one at the beginning
        return mark.isEmpty() && after.startsWith(MARK) ? "\n" + after : mark + after;
    }

    /** Returns the line, its replacement or an empty string, and removes its setting from {@code missing}. */
    private static String replacement(
            SavedLine line, Map<String, Map<Setting, String>> byName, Map<String, Map<Setting, String>> missing) {
        NamedSetting known = line.setting().orElse(null);
        if (known == null || !byName.containsKey(known.name())) {
            return line.text();
        }
        if (!byName.get(known.name()).containsKey(known.setting())) {
            return line instanceof SavedLine.Saved ? "" : line.text();
        }
        String value = missing.get(known.name()).remove(known.setting());
        if (value == null) {
            return "";
        }
        return line instanceof SavedLine.Saved saved && saved.value().equals(value)
                ? line.text()
                : known.line(value) + "\n";
    }

    /** Returns the line end that {@code text} lacks before another line. */
    private static String missingEnd(String text) {
        if (SavedLine.continues(text)) {
            // two, since the first may only complete an \r to \r\n
            return "\n\n";
        }
        return text.isEmpty() || text.endsWith("\n") || text.endsWith("\r") ? "" : "\n";
    }
}
