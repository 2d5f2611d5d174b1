// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.settings.InvalidSettingsException;
import io.switchgear.settings.NamedSetting;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** A line of a settings file as {@link Properties} defines lines: after a backslash at its end it continues. */
sealed interface SavedLine {
    Pattern COMMENT = Pattern.compile("[ \t\f]*[#!]");
    int MAX_LENGTH_IN_LOG = 400;

    /** Returns the line as it is in the file, one {@code char} for each byte, with its end. */
    String text();

    /** Returns the setting that this line is for, if that is known. */
    default Optional<NamedSetting> setting() {
        return Optional.empty();
    }

    /** A comment or a blank line. */
    record Remark(String text) implements SavedLine {}

    /** A line with a valid value. */
    record Saved(String text, NamedSetting known, String value) implements SavedLine {
        @Override
        public Optional<NamedSetting> setting() {
            return Optional.of(known);
        }
    }

    /**
     * A line that has no effect and is not ours to remove.
     *
     * @param setting the setting, if the line has a known one with an invalid value
     * @param problem the key, if there is one, and the problem with it
     */
    record Damaged(String text, Optional<NamedSetting> setting, String problem) implements SavedLine {}

    static SavedLine of(String text) {
        try {
            return property(text)
                    .map(property -> of(text, property.getKey(), property.getValue()))
                    .orElseGet(() -> new Remark(text));
        } catch (IllegalArgumentException damaged) {
            return new Damaged(text, Optional.empty(), damaged.getMessage());
        }
    }

    /**
     * Returns the key and the value of a line; empty for a comment and a blank line.
     *
     * @throws IllegalArgumentException with the problem, if the line cannot be read
     */
    static Optional<Map.Entry<String, String>> property(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString()));
        } catch (CharacterCodingException notText) {
            if (isComment(text)) {
                return Optional.empty();
            }
            throw new IllegalArgumentException(forLog(text) + " is not UTF-8", notText);
        } catch (IllegalArgumentException badEscape) {
            throw new IllegalArgumentException(forLog(text) + " has a \\u without four hexadecimal digits", badEscape);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string cannot be read", impossible);
        }
        return properties.stringPropertyNames().stream()
                .findFirst()
                .map(key -> Map.entry(key, properties.getProperty(key)));
    }

    private static SavedLine of(String text, String key, String value) {
        Optional<NamedSetting> setting = NamedSetting.ofKey(key);
        if (setting.isEmpty()) {
            return new Damaged(text, setting, forLog(key) + " is no setting");
        }
        try {
            setting.get().setting().parse(value);
            return new Saved(text, setting.get(), value);
        } catch (InvalidSettingsException refused) {
            return new Damaged(text, setting, forLog(refused.messageNaming(member -> key)));
        }
    }

    /** Returns whether the line {@code text} continues in the next. */
    static boolean continues(CharSequence text) {
        return endsWithBackslash(text) && !isComment(text);
    }

    /** Returns whether {@code text}, without its line end, ends with a backslash that is not escaped. */
    static boolean endsWithBackslash(CharSequence text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        int backslashes = 0;
        while (backslashes < end && text.charAt(end - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static boolean isComment(CharSequence text) {
        return COMMENT.matcher(text).lookingAt();
    }

    /** Returns {@code text} for the log: on one line, and not too long. */
    static String forLog(String text) {
        String line = text.strip();
        String start = line.length() <= MAX_LENGTH_IN_LOG ? line : line.substring(0, MAX_LENGTH_IN_LOG) + "...";
        return start.replaceAll("[\\p{C}\u2028\u2029]", "?");
    }
}
