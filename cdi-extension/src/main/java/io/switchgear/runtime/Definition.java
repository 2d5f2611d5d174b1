package io.switchgear.runtime;

import io.switchgear.FailureRule;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableSettings;
import java.util.List;
import java.util.Map;

/**
 * What a breaker or a layer is created from.
 *
 * @param rule what it takes for a failure
 * @param configured where each setting that is configured was found
 * @param site where it is defined, for messages: a method, or code
 * @param critical whether configuration says that the application cannot do without this breaker
 */
public record Definition<S extends TunableSettings<S>>(
        String name, S settings, FailureRule rule, Map<Setting, String> configured, String site, boolean critical) {
    private static final int MAX_NAME_LENGTH = 200;

    /** Returns what is wrong with a name, in a sentence without a subject; empty if nothing is. */
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

    /** Returns whether both can share a name. */
    public boolean agreesWith(Definition<?> other) {
        return settings.equals(other.settings) && ruleText().equals(other.ruleText());
    }

    /** @throws IllegalArgumentException if it cannot share a name with {@code earlier} */
    void checkAgrees(Definition<?> earlier) {
        if (!agreesWith(earlier)) {
            throw new IllegalArgumentException(disagreement(earlier));
        }
    }

    /** Returns why it cannot share a name with {@code earlier}. */
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
