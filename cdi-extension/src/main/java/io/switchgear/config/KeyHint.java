// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import io.switchgear.settings.TunableKind;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The likely mistake in a key that is not known. */
final class KeyHint {
    /** The word of a kind in a variable: a known one, which may contain underscores, or a misspelled one. */
    private static final String KIND = Arrays.stream(TunableKind.values())
            .map(TunableKind::name)
            .collect(Collectors.joining("|", "(?:", "|[A-Z]+)"));

    private static final Pattern NAMED =
            Pattern.compile("switchgear\\.(?<kind>[a-z-]+)\\.\".+\"\\.(?<setting>[^\"]+)", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\w+_\\w+");
    private static final Pattern NAME = Pattern.compile("[^.]+\\.[^.]+\\.\"?(?<name>.+?)\"?\\.[^.]+", Pattern.DOTALL);
    private static final Pattern NAME_IN_VARIABLE = Pattern.compile("SWITCHGEAR_" + KIND + "_+(?<name>.+?)_*__[A-Z_]+");

    private KeyHint() {}

    /** Returns the likely mistake, as the rest of a sentence; empty if there is no likely one. */
    static String of(String key) {
        return meant(key).map(meant -> "; did you mean " + meant + "?").orElseGet(() -> explained(key));
    }

    /** Returns the known key that was probably meant, for the same name. */
    static Optional<String> meant(String key) {
        boolean isVariable = VARIABLE.matcher(key).matches();
        String written = isVariable ? key.toUpperCase(Locale.ROOT) : key;
        Set<String> known = Stream.concat(
                        ConfigKeys.fixed().stream(), names(written).flatMap(KeyHint::named))
                .map(each -> isVariable ? ConfigKeys.variable(each) : each)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String rest = written.replaceFirst("(?i)[^._]*[._](default[._])?", "");
        return Spelling.nearest(written, known).or(() -> Spelling.endingWith(rest, known));
    }

    /** Returns the existing name that was probably meant in a key with a name that does not exist. */
    static Optional<String> meantName(String key, Collection<String> existing) {
        return names(key)
                .flatMap(name -> Spelling.nearest(name, existing).stream())
                .findFirst();
    }

    /** Returns the names that a key, which may be misspelled, can be meant to have. */
    private static Stream<String> names(String key) {
        return VARIABLE.matcher(key).matches() ? namesInVariable(key) : found(NAME, key);
    }

    private static Stream<String> namesInVariable(String key) {
        Stream<String> before = Arrays.stream(TunableKind.values())
                .flatMap(ConfigKeys::namedSettings)
                .flatMap(setting -> found(
                        Pattern.compile("SWITCHGEAR_" + KIND + "_+(?<name>.+?)_+" + ConfigKeys.variable(setting)),
                        key));
        return Stream.concat(found(NAME_IN_VARIABLE, key), before);
    }

    private static Stream<String> found(Pattern name, String key) {
        Matcher matcher = name.matcher(key);
        return matcher.matches() ? Stream.of(matcher.group("name")) : Stream.empty();
    }

    private static Stream<String> named(String name) {
        return Arrays.stream(TunableKind.values())
                .flatMap(kind -> ConfigKeys.namedSettings(kind).map(setting -> ConfigKeys.named(kind, name, setting)));
    }

    private static String explained(String key) {
        Matcher named = NAMED.matcher(key);
        for (TunableKind kind : TunableKind.values()) {
            if (named.matches() && named.group("kind").equals(kind.word())) {
                return ": \"" + named.group("setting") + "\" is nothing that is configured of a " + kind.noun()
                        + "; there are " + ConfigKeys.namedSettings(kind).collect(Collectors.joining(", "));
            }
            if (key.startsWith("switchgear." + kind.word() + ".")) {
                return ": after switchgear." + kind.word() + ". comes the " + kind.noun()
                        + "'s name in quotes and then a setting; in a properties"
                        + " file each blank, colon and equals sign of a key needs a backslash before it";
            }
        }
        return "";
    }
}
