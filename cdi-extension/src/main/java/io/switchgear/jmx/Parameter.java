// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.message.NamePattern;
import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.MBeanParameterInfo;

/** The parameters of operations. */
enum Parameter {
    NAME_PATTERN(
            "namePattern", String.class, "Pattern of names; * matches any text, ? one character", Parameter::pattern),
    CHANGES(
            "changes",
            String.class,
            "Settings to change, for example MinimumCalls=10, WindowCalls=50",
            Parameter::changes),
    NODES(
            "nodes",
            String.class,
            "Names of nodes, separated by commas; * for all nodes, future ones included",
            Parameter::nodes),
    KIND("kind", String.class, "breaker, retry, fallback, time-limit, bulkhead or service", Parameter::kind),
    MINUTES("minutes", int.class, "Duration in minutes, 1 to 10080 (a week)", Parameter::minutes),
    REASON("reason", String.class, "Reason to show beside the mode; may be empty", Parameter::reason);

    /** The converted arguments of a call. */
    record Given(Map<Parameter, Object> values) {
        NamePattern names() {
            return (NamePattern) values.get(NAME_PATTERN);
        }

        /**
         * Returns the settings to change, with their new values.
         *
         * @throws IllegalArgumentException if a name is not a setting of this kind, or appears twice
         */
        Map<Setting, String> changes(TunableKind kind) {
            Map<Setting, String> changes = new EnumMap<>(Setting.class);
            ((List<?>) values.get(CHANGES)).forEach(change -> {
                String[] sides = (String[]) change;
                Setting setting = setting(kind, sides[0].strip());
                if (changes.put(setting, sides[1].strip()) != null) {
                    throw new IllegalArgumentException(
                            "changes must name a setting once but named " + setting.attributeName() + " twice");
                }
            });
            return changes;
        }

        /** Returns the names of nodes; empty for all. */
        List<String> nodes() {
            return ((List<?>) values.get(NODES))
                    .stream().map(String.class::cast).toList();
        }

        TunableKind kind() {
            return (TunableKind) values.get(KIND);
        }

        Duration time() {
            return (Duration) values.get(MINUTES);
        }

        String reason() {
            return (String) values.get(REASON);
        }
    }

    private static final int MAX_MINUTES = 10_080;
    private static final int MAX_LENGTH = 1_000;

    private final MBeanParameterInfo info;
    private final Function<Object, Object> conversion;

    Parameter(String name, Class<?> type, String description, Function<Object, Object> conversion) {
        this.info = new MBeanParameterInfo(name, type.getName(), description);
        this.conversion = conversion;
    }

    MBeanParameterInfo info() {
        return info;
    }

    /**
     * Converts the arguments that a console sent.
     *
     * @throws IllegalArgumentException if an argument is not valid
     */
    static Given given(List<Parameter> parameters, Object[] sent) {
        Map<Parameter, Object> values = new EnumMap<>(Parameter.class);
        for (int i = 0; i < sent.length; i++) {
            values.put(parameters.get(i), parameters.get(i).conversion.apply(sent[i]));
        }
        return new Given(values);
    }

    private static Duration minutes(Object value) {
        return Duration.ofMinutes(wholeNumber("minutes", value, 1, MAX_MINUTES));
    }

    private static long wholeNumber(String name, Object value, long min, long max) {
        try {
            long number = new BigDecimal(Text.printable(value)).longValueExact();
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException notSuchANumber) {
            // refused below, like a number out of range
        }
        throw new IllegalArgumentException(
                name + " must be a whole number >= " + min + " and <= " + max + " but was " + Text.shown(value));
    }

    /** Returns the reason. Consoles prefill the field with {@code String}, the name of its type: no reason. */
    private static String reason(Object value) {
        return value == null || value.equals("String") ? "" : Text.printable(value);
    }

    private static NamePattern pattern(Object value) {
        if (!(value instanceof String text) || text.isBlank() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("namePattern must be a name of 1 to " + MAX_LENGTH
                    + " characters, * and ? allowed, but was " + Text.shown(value));
        }
        String name = text.strip();
        // JConsole shows the names of MBeans in quotes
        boolean quoted = name.length() > 2 && name.startsWith("\"") && name.endsWith("\"");
        return new NamePattern(quoted ? name.substring(1, name.length() - 1) : name);
    }

    private static List<String> nodes(Object value) {
        List<String> names = value instanceof String text && text.length() <= MAX_LENGTH
                ? Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .distinct()
                        .toList()
                : List.of("");
        if (names.contains("") || (names.contains("*") && names.size() > 1)) {
            throw new IllegalArgumentException(
                    "nodes must be * or names of nodes, separated by commas, but was " + Text.shown(value));
        }
        return names.contains("*") ? List.of() : names;
    }

    private static TunableKind kind(Object value) {
        return Arrays.stream(TunableKind.values())
                .filter(kind -> kind.word().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind must be one of "
                        + Arrays.stream(TunableKind.values())
                                .map(TunableKind::word)
                                .collect(Collectors.joining(", "))
                        + " but was " + Text.shown(value)));
    }

    private static List<String[]> changes(Object value) {
        List<String[]> changes = new ArrayList<>();
        String text = value instanceof String sent && sent.length() <= MAX_LENGTH ? sent : "";
        for (String change : text.split(",", -1)) {
            String[] sides = change.split("=", 2);
            if (sides.length < 2) {
                throw new IllegalArgumentException(
                        "changes must be like MinimumCalls=10, WindowCalls=50 but was " + Text.shown(value));
            }
            changes.add(sides);
        }
        return changes;
    }

    private static Setting setting(TunableKind kind, String name) {
        return Setting.of(kind).stream()
                .filter(setting -> List.of(setting.attributeName(), setting.memberName(), setting.key())
                        .contains(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + Text.printable(name)
                        + "\" is no setting of a " + kind.noun() + "; settings are "
                        + Setting.of(kind).stream().map(Setting::attributeName).collect(Collectors.joining(", "))));
    }
}
