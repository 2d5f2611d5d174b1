package io.switchgear.jmx;

import io.switchgear.message.Text;
import io.switchgear.settings.Setting;
import io.switchgear.settings.TunableKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.MBeanParameterInfo;

/** What operations take. */
enum Parameter {
    NAME_PATTERN(
            "namePattern",
            String.class,
            "Which breakers, by name; * stands for any text, ? for one character",
            Parameter::pattern),
    CHANGES("changes", String.class, "Settings to change, as in MinimumCalls=10, WindowCalls=50", Parameter::changes),
    MINUTES("minutes", int.class, "How long; 1 to 10080 (a week)", Parameter::minutes),
    REASON("reason", String.class, "Shown beside the mode; may be empty", Parameter::reason);

    /** What was given, each of its parameter's type. */
    record Given(Map<Parameter, Object> values) {
        NamePattern names() {
            return (NamePattern) values.get(NAME_PATTERN);
        }

        /** @throws IllegalArgumentException if what was named is no setting of this kind, or was named twice */
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

        Duration time() {
            return (Duration) values.get(MINUTES);
        }

        String reason() {
            return (String) values.get(REASON);
        }
    }

    private static final int MOST_MINUTES = 10_080;
    private static final int LONGEST = 1_000;

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
     * Makes of what a console sent what operations work with.
     *
     * @throws IllegalArgumentException if a value cannot be used
     */
    static Given given(List<Parameter> parameters, Object[] sent) {
        Map<Parameter, Object> values = new EnumMap<>(Parameter.class);
        for (int i = 0; i < sent.length; i++) {
            values.put(parameters.get(i), parameters.get(i).conversion.apply(sent[i]));
        }
        return new Given(values);
    }

    private static Duration minutes(Object value) {
        return Duration.ofMinutes(wholeNumber("minutes", value, 1, MOST_MINUTES));
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
                name + " must be a whole number >= " + min + " and <= " + max + " but was " + Text.printable(value));
    }

    /** Consoles prefill the field with the name of the type, which is none. */
    private static String reason(Object value) {
        return value == null || value.equals("String") ? "" : Text.printable(value);
    }

    private static NamePattern pattern(Object value) {
        if (!(value instanceof String text) || text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("namePattern must be a name of 1 to " + LONGEST
                    + " characters, * and ? allowed, but was " + Text.printable(value));
        }
        String name = text.strip();
        // as JConsole shows the names of MBeans
        boolean quoted = name.length() > 2 && name.startsWith("\"") && name.endsWith("\"");
        return new NamePattern(quoted ? name.substring(1, name.length() - 1) : name);
    }

    private static List<String[]> changes(Object value) {
        List<String[]> changes = new ArrayList<>();
        String text = value instanceof String sent && sent.length() <= LONGEST ? sent : "";
        for (String change : text.split(",", -1)) {
            String[] sides = change.split("=", 2);
            if (sides.length < 2) {
                throw new IllegalArgumentException(
                        "changes must be like MinimumCalls=10, WindowCalls=50 but was " + Text.printable(value));
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
                        + "\" is no setting of a " + kind.word() + "; settings are "
                        + Setting.of(kind).stream().map(Setting::attributeName).collect(Collectors.joining(", "))));
    }
}
