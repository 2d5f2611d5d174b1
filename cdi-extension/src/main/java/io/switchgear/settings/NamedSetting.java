// SPDX-License-Identifier: Apache-2.0
package io.switchgear.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting of one breaker, retry, fallback, time limit or HTTP service, as written in configuration and in a file of
 * saved settings.
 *
 * @param name the name of the breaker, retry, fallback, time limit or service, of any characters; not empty
 * @param setting the setting
 * @since 0.1
 */
public record NamedSetting(String name, Setting setting) {
    // the name may contain quotes, dots and line breaks
    private static final Pattern KEY =
            Pattern.compile("switchgear\\.(?<kind>[a-z-]+)\\.\"(?<name>.+)\"\\.(?<setting>[^\".]+)", Pattern.DOTALL);

    /**
     * Creates a named setting.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public NamedSetting {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name must not be empty");
        }
    }

    /** Returns the setting with this key; empty unless the key is {@code switchgear.<kind>."<name>".<setting>}. */
    public static Optional<NamedSetting> ofKey(String key) {
        Matcher parts = KEY.matcher(key);
        return !parts.matches()
                ? Optional.empty()
                : Arrays.stream(TunableKind.values())
                        .filter(kind -> kind.word().equals(parts.group("kind")))
                        .findFirst()
                        .flatMap(kind -> Setting.ofKey(kind, parts.group("setting")))
                        .map(known -> new NamedSetting(parts.group("name"), known));
    }

    /** Returns the key in configuration: {@code switchgear.breaker."Orders#place(String,int)".failure-threshold}. */
    public String key() {
        return "switchgear." + setting.kind().word() + ".\"" + name + "\"." + setting.key();
    }

    /** Returns the line of a properties file, without its end: the key, {@code =} and the value, in ASCII. */
    public String line(String value) {
        return escaped(key()) + " = " + escaped(value);
    }

    /** Returns the {@linkplain #line lines} of these values, sorted by name, then in the order of {@link Setting}. */
    public static List<String> lines(Map<String, Map<Setting, String>> byName) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(byName)
                .forEach((name, values) -> new TreeMap<>(values)
                        .forEach((setting, value) -> lines.add(new NamedSetting(name, setting).line(value))));
        return lines;
    }

    /** Escapes text so that {@link java.util.Properties} reads it back from UTF-8 and from ISO 8859-1. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                escaped.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(c));
            } else {
                // # and ! need no escape: they have a meaning only at the start of a line, and each key starts with
                // "switchgear"
                escaped.append(" :=\\".indexOf(c) < 0 ? "" : "\\").append(c);
            }
        }
        return escaped.toString();
    }
}
