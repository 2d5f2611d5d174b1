// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The definition of a breaker or a layer.
 *
 * @param rule decides which outcomes are failures
 * @param configured the source of each configured setting
 * @param site the place of the definition, for messages: a method, or code
 * @param critical whether the breaker is configured as critical for the application
 */
public record Definition<S extends TunableSettings<S>>(
        String name, S settings, FailureRule rule, Map<Setting, String> configured, String site, boolean critical) {
    static final int MAX_NAME_LENGTH = 200;

    /** Returns the problem with a name, as a sentence without its subject; empty if the name is valid. */
    public static String problem(String name) {
        return name != null && name.length() <= MAX_NAME_LENGTH && Text.isVisible(name)
                ? ""
                : "must be 1 to " + MAX_NAME_LENGTH
                        + " characters, not blank and without control or invisible characters, but was "
                        + Text.quoted(name);
    }

    /** @throws IllegalArgumentException if the name is not valid */
    static void checkName(String name) {
        String problem = problem(name);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("name " + problem);
        }
    }

    /** Returns whether both definitions can share a name. */
    public boolean agreesWith(Definition<?> other) {
        return settings.kind() == other.settings.kind() && values().equals(other.values());
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
        String differences = values().entrySet().stream()
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
