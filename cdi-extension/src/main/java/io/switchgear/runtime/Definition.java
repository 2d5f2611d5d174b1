// SPDX-License-Identifier: Apache-2.0
package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.List;
import java.util.Map;

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
    private static final int MAX_NAME_LENGTH = 200;

    /** Returns the problem with a name, as a sentence without its subject; empty if the name is valid. */
    public static String problem(String name) {
        return !name.isBlank()
                        && name.length() <= MAX_NAME_LENGTH
                        && Text.visible(name).equals(name)
                ? ""
                : "must be 1 to " + MAX_NAME_LENGTH
                        + " characters, not blank and without control characters, but was \"" + Text.visible(name)
                        + "\"";
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
        return settings.equals(other.settings) && ruleText().equals(other.ruleText());
    }

    /** @throws IllegalArgumentException if it cannot share a name with {@code earlier} */
    void checkAgrees(Definition<?> earlier) {
        if (!agreesWith(earlier)) {
            throw new IllegalArgumentException(disagreement(earlier));
        }
    }

    /** Returns why this definition cannot share a name with {@code earlier}. */
    public String disagreement(Definition<?> earlier) {
        return "name \"" + name + "\" is that of the " + settings.kind().word() + " of " + earlier.site
                + ", which has other values: " + earlier.settings + " " + earlier.ruleText() + " there, " + settings
                + " " + ruleText() + " here; make them equal or choose another name";
    }

    private String ruleText() {
        return "failOn=" + names(rule.failOn()) + " skipOn=" + names(rule.skipOn()) + " failWhen="
                + (rule.failWhen() == null ? "none" : rule.failWhen().getClass().getName());
    }

    private static List<String> names(List<Class<? extends Throwable>> types) {
        return types.stream().<String>map(Class::getName).toList();
    }
}
