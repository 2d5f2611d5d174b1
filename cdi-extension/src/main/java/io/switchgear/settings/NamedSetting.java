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
 * One setting of one breaker, or of one retry or fallback, and how it is written in configuration and in a file of
 * saved settings.
 *
 * @param name what it is a setting of, whatever that name consists of; not empty
 * @since 0.1
 */
public record NamedSetting(String name, Setting setting) {
    // the name may hold quotes and dots, and need not hold what a regular expression takes for a line
    private static final Pattern KEY =
            Pattern.compile("switchgear\\.(?<kind>[a-z]+)\\.\"(?<name>.+)\"\\.(?<setting>[^\".]+)", Pattern.DOTALL);

    /** @throws IllegalArgumentException if there is no name */
    public NamedSetting {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name must not be empty");
        }
    }

    /** What {@code key} stands for; empty unless it is {@code switchgear.<kind>."<name>".<setting>}. */
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

    /** As in configuration: {@code switchgear.breaker."Orders#place(String,int)".failure-threshold}. */
    public String key() {
        return "switchgear." + setting.kind().word() + ".\"" + name + "\"." + setting.key();
    }

    /** A line of a properties file, without its end: the key, {@code =} and the value, in ASCII. */
    public String line(String value) {
        return escaped(key()) + " = " + escaped(value);
    }

    /** The {@linkplain #line lines} for these values, by these names and in the order of settings. */
    public static List<String> lines(Map<String, Map<Setting, String>> byName) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(byName)
                .forEach((name, values) -> new TreeMap<>(values)
                        .forEach((setting, value) -> lines.add(new NamedSetting(name, setting).line(value))));
        return lines;
    }

    /** So that {@link java.util.Properties} reads the same text again, from UTF-8 and from ISO 8859-1. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                escaped.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(c));
            } else {
                // # and ! matter at the start of a line alone, where no key of ours has them
                escaped.append(" :=\\".indexOf(c) < 0 ? "" : "\\").append(c);
            }
        }
        return escaped.toString();
    }
}
