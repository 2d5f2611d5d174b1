package io.switchgear.cdi;

import io.switchgear.FailureRule;
import io.switchgear.Kind;
import io.switchgear.Setting;
import io.switchgear.Settings;
import io.switchgear.config.Configuration;
import io.switchgear.message.Message;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gives each guarded method the definition of its breaker, and collects what is wrong with them. */
final class Definitions {
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,200}");

    /**
     * What a breaker is made from.
     *
     * @param ruleText what the rule was made from
     * @param configured where each setting that is configured was found
     * @param site the method that it was read from first
     */
    record Definition(
            String name,
            Settings settings,
            FailureRule failureRule,
            String ruleText,
            Map<Setting, String> configured,
            String site) {
        boolean agreesWith(Definition other) {
            return settings.equals(other.settings) && ruleText.equals(other.ruleText);
        }
    }

    private final Configuration configuration;
    private final Map<String, Definition> byName = new HashMap<>();
    private final Map<Object, Object> first = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    Definitions(Configuration configuration) {
        this.configuration = configuration;
        problems.addAll(configuration.problems());
    }

    /** What is wrong, a sentence each. */
    List<String> problems() {
        return problems;
    }

    void problem(String problem) {
        problems.add(problem);
    }

    /** The definitions of these methods; without those that have a problem. */
    Map<GuardedMethod, Definition> of(List<GuardedMethod> methods) {
        Map<String, Long> uses = uses(methods, GuardedMethod::shortName);
        Map<String, Long> fullUses = uses(methods, GuardedMethod::fullName);
        uses.forEach((name, count) -> {
            if (count > 1) {
                Message.NAME_QUALIFIED.log(name);
            }
        });
        Map<GuardedMethod, Definition> definitions = new LinkedHashMap<>();
        for (GuardedMethod method : methods) {
            boolean unique = uses.getOrDefault(method.shortName(), 0L) == 1 && !byName.containsKey(method.shortName());
            boolean uniqueInFull = fullUses.getOrDefault(method.fullName(), 0L) == 1;
            // two archives of one application may have classes of the same name
            String fullName = (uniqueInFull ? "" : Archive.of(method.beanClass()) + "/") + method.fullName();
            Definition definition = definition(method, unique ? method.shortName() : fullName);
            if (definition != null) {
                definitions.put(method, definition);
            }
        }
        return definitions;
    }

    private static Map<String, Long> uses(List<GuardedMethod> methods, Function<GuardedMethod, String> defaultName) {
        return methods.stream()
                .filter(method -> method.annotation().name().isEmpty())
                .distinct()
                .collect(Collectors.groupingBy(defaultName, Collectors.counting()));
    }

    private Definition definition(GuardedMethod method, String defaultName) {
        String given = method.annotation().name();
        int before = problems.size();
        if (!given.isEmpty() && (given.isBlank() || !NAME.matcher(given).matches())) {
            problem(
                    method,
                    "name must be 1 to 200 characters, not blank and without control characters, but was \""
                            + given.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        if (method.annotation().failOn().length == 0) {
            problem(method, "failOn must name at least one class but was {}: nothing could ever be a failure");
        }
        try {
            String name = given.isEmpty() ? defaultName : given;
            Definition definition = new Definition(
                    name,
                    same(configuration.settings(name, method.settings())),
                    same(method.failureRule()),
                    method.ruleText(),
                    same(configuration.origins(Kind.BREAKER, name)),
                    method.fullName());
            Definition earlier = byName.putIfAbsent(definition.name(), definition);
            if (earlier != null && !earlier.agreesWith(definition)) {
                problem(
                        method,
                        "name \"" + definition.name() + "\" is that of the breaker of " + earlier.site()
                                + ", which has other values: " + earlier.settings() + " " + earlier.ruleText()
                                + " there, " + definition.settings() + " " + definition.ruleText()
                                + " here; make them equal or choose another name");
            }
            return problems.size() == before ? definition : null;
        } catch (IllegalArgumentException invalid) {
            problem(method, invalid.getMessage());
            return null;
        } catch (ReflectiveOperationException | RuntimeException failed) {
            Throwable cause = failed instanceof InvocationTargetException ? failed.getCause() : failed;
            problem(
                    method,
                    "failWhen must be a class with a constructor without parameters that works, but was "
                            + method.annotation().failWhen().getName() + ": " + cause);
            return null;
        }
    }

    /** The first of all that equal it: most breakers of an application have the same settings and the same rule. */
    @SuppressWarnings("unchecked") // what equals a record, or a map of the same types, can stand for it
    private <T> T same(T value) {
        return (T) first.computeIfAbsent(value, itself -> itself);
    }

    private void problem(GuardedMethod method, String problem) {
        problem(method.fullName() + ": @CircuitBreaking " + problem);
    }
}
