// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.config.Configuration;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import io.switchgear.settings.TunableSettings;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The definition of a breaker or a layer.
 *
 * @param rule decides which outcomes are failures
 * @param configured the source of each configured setting
 * @param site the place of the definition, for messages: a method, or code
 * @param critical whether the breaker is configured as critical for the application
 * @param origin what it was merged from, to merge it again
 */
public record Definition<S extends TunableSettings<S>>(
        String name,
        S settings,
        FailureRule rule,
        Map<Setting, String> configured,
        String site,
        boolean critical,
        Merge<S> origin) {
    static final int MAX_NAME_LENGTH = 200;
    private static final int SUFFIX_LENGTH = 8;

    /**
     * What a definition was merged from.
     *
     * @param names own name last; the names before it are shared by several, and their configuration is weaker
     * @param given the settings that an annotation or code gives
     * @param givenBy the source of each given setting that comes from another library's configuration
     */
    public record Merge<S extends TunableSettings<S>>(
            List<String> names, S given, Map<Setting, String> givenBy, Configuration configuration) {
        Merge<S> with(Configuration other) {
            return new Merge<>(names, given, givenBy, other);
        }

        private Map<Setting, String> origins() {
            Map<Setting, String> configured = configuration.origins(given.kind(), names);
            if (givenBy.isEmpty()) {
                return configured;
            }
            Map<Setting, String> origins = new EnumMap<>(givenBy);
            origins.putAll(configured);
            return origins;
        }
    }

    /**
     * Returns the definition with the configuration of this name merged in.
     *
     * @throws IllegalArgumentException if the result is not valid
     */
    static <S extends TunableSettings<S>> Definition<S> of(Merge<S> origin, FailureRule rule, String site) {
        List<String> names = origin.names();
        TunableKind kind = origin.given().kind();
        return new Definition<>(
                names.get(names.size() - 1),
                origin.configuration().settings(names, origin.given()),
                rule,
                origin.origins(),
                site,
                kind == TunableKind.BREAKER && origin.configuration().critical(names),
                origin);
    }

    /**
     * Returns this definition with another configuration merged in.
     *
     * @throws IllegalArgumentException if the result is not valid
     */
    Definition<S> with(Configuration configuration) {
        return isMergedWith(configuration) ? this : of(origin.with(configuration), rule, site);
    }

    boolean isMergedWith(Configuration configuration) {
        return origin.configuration() == configuration;
    }

    /**
     * Returns the problem with the name of a breaker, layer, guard or service, as a sentence without its subject; empty
     * if the name is valid.
     */
    public static String problem(String name) {
        String unreadable = unreadable(name);
        return unreadable.isEmpty() && name.contains("*")
                ? "must not contain *, as a configuration key with * is a pattern for many names, but was "
                        + Text.quoted(name)
                : unreadable;
    }

    /** Returns the problem with a text that is shown as a name; empty if it can be read. */
    static String unreadable(String name) {
        return name != null && name.length() <= MAX_NAME_LENGTH && Text.isVisible(name)
                ? ""
                : "must be 1 to " + MAX_NAME_LENGTH
                        + " characters, not blank and without control or invisible characters, but was "
                        + Text.quoted(name);
    }

    /** Returns a name made from another, which is a valid name and differs from those made from others. */
    public static String valid(String name) {
        if (problem(name).isEmpty()) {
            return name;
        }
        String suffix = "~"
                + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, SUFFIX_LENGTH);
        String readable = Text.printable(name).replace('*', '_');
        return readable.substring(0, Math.min(readable.length(), MAX_NAME_LENGTH - suffix.length())) + suffix;
    }

    /** @throws IllegalArgumentException if the name is not valid */
    static void checkName(String name) {
        String problem = problem(name);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("name " + problem);
        }
    }

    /** Returns whether both definitions can share a name, whatever configuration has changed between them. */
    public boolean agreesWith(Definition<?> other) {
        return settings.kind() == other.settings.kind() && asOf(other).values().equals(other.values());
    }

    /** Returns this definition with the configuration of another one; as it is if that is not valid for it. */
    private Definition<S> asOf(Definition<?> other) {
        try {
            return with(other.origin.configuration());
        } catch (IllegalArgumentException refused) {
            return this;
        }
    }

    /** @throws IllegalArgumentException if it cannot share a name with {@code earlier} */
    void checkAgrees(Definition<?> earlier) {
        if (!agreesWith(earlier)) {
            throw new IllegalArgumentException(disagreement(earlier));
        }
    }

    /** Returns why this definition cannot share a name with {@code earlier}. */
    public String disagreement(Definition<?> earlier) {
        Map<String, Object> there = earlier.values();
        String differences = asOf(earlier).values().entrySet().stream()
                .filter(here -> !here.getValue().equals(there.get(here.getKey())))
                .map(here ->
                        here.getKey() + " is " + there.get(here.getKey()) + " there and " + here.getValue() + " here")
                .collect(Collectors.joining(", "));
        return "name \"" + name + "\" is that of the " + settings.kind().noun()
                + (earlier.site.equals(Registry.CODE) ? " created in code" : " of " + earlier.site)
                + ", which has other values: " + differences + "; make them equal or choose another name";
    }

    /** Returns all values that must be equal for a shared name, by the name of the setting. */
    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        Setting.of(settings.kind()).forEach(setting -> values.put(setting.memberName(), settings.get(setting)));
        values.put("failOn", names(rule.failOn()));
        values.put("skipOn", names(rule.skipOn()));
        values.put(
                "failWhen",
                rule.failWhen() == null ? "none" : rule.failWhen().getClass().getName());
        values.put("listsAlone", rule.listsAlone());
        return values;
    }

    private static List<String> names(List<Class<? extends Throwable>> types) {
        return types.stream().<String>map(Class::getName).toList();
    }
}
